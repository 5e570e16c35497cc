/**
 * From files to examples. Every reader checks what it reads and names file, line and remedy when it
 * refuses; none needs a model.
 *
 * <ul>
 *   <li>GLUE: {@link io.github.electra4j.eval.dataset.GlueTask} (what a task consists of, and the
 *       registry of all of them, the diagnostic set {@code ax} included), {@link
 *       io.github.electra4j.eval.dataset.GlueReader}, {@link
 *       io.github.electra4j.eval.dataset.GlueSplit}; {@link
 *       io.github.electra4j.eval.dataset.Target} says what labels mean.
 *   <li>Questions: {@link io.github.electra4j.eval.dataset.QuestionReader}, in constant memory;
 *       SQuAD and MRQA.
 *   <li>Tags: {@link io.github.electra4j.eval.dataset.ConllReader}; intents with slots: {@link
 *       io.github.electra4j.eval.dataset.IntentReader}.
 *   <li>Candidates: {@link io.github.electra4j.eval.dataset.ChoiceReader} (multiple choice), {@link
 *       io.github.electra4j.eval.dataset.ResponseReader} (dialogues).
 *   <li>Own texts: {@link io.github.electra4j.eval.dataset.OwnTexts} with {@link
 *       io.github.electra4j.eval.dataset.TextColumns}; {@link
 *       io.github.electra4j.eval.dataset.LabelInference}, {@link
 *       io.github.electra4j.eval.dataset.ClassBalance}.
 * </ul>
 *
 * <p>Worked example, somebody's own CSV file {@code train.csv}:
 *
 * <pre>{@code
 * review,stars
 * "Fine, really.",good
 * Dull.,bad
 * Dull again.,bad
 *
 * List<TextExample> train = OwnTexts.read(file, TextColumns.of("review", "stars"));
 * ClassTarget target = LabelInference.classes(train); // [bad, good]
 * List<String> labels = train.stream().map(TextExample::label).toList();
 * ClassBalance.of(labels).toText(); // 3 labels of 2 classes: bad 2 (66.7 %), good 1 (33.3 %).
 * }</pre>
 *
 * <p>A task that is not part of GLUE but is kept in the same kind of tab-separated files is
 * described by a {@code new GlueTask(…)} and read in the same way.
 */
package io.github.electra4j.eval.dataset;
