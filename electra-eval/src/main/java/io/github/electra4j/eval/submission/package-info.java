/**
 * Predictions as leaderboards want them. {@link io.github.electra4j.eval.submission.GlueFile} knows
 * the eleven files of GLUE, {@link io.github.electra4j.eval.submission.GlueSubmission} zips them.
 * Worked example, for one of them:
 *
 * <pre>{@code
 * GlueFile file = GlueFile.RTE;
 * GlueSplit test = GlueReader.load(file.task(), glue, file.split(), GlueReader.ALL);
 * List<String> answers =
 *     Prediction.all(file.task(), test.examples(), logits).stream()
 *         .map(Prediction::answer)
 *         .toList();
 * submission.add(file, answers);
 * }</pre>
 */
package io.github.electra4j.eval.submission;
