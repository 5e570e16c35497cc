/**
 * What a person looks at while a model is pre-trained and afterwards: {@link
 * io.github.electra4j.train.report.RunLog} writes tables ({@link
 * io.github.electra4j.train.report.CsvTable}), event files of TensorBoard ({@link
 * io.github.electra4j.train.report.EventFile}) and a page with the curves ({@link
 * io.github.electra4j.train.report.CurvePage}); {@link io.github.electra4j.train.report.HtmlText}
 * makes text safe in such a page.
 */
package io.github.electra4j.train.report;
