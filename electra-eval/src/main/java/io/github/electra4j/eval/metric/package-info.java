/**
 * The numbers by which predictions are judged, from plain arrays and texts; nothing here knows of
 * models, files or tasks, and nothing outside the JDK is used but {@link
 * io.github.electra4j.train.chunk}, how tags are read. There are two kinds:
 *
 * <ul>
 *   <li>{@link io.github.electra4j.eval.metric.Metric}: one number from two arrays. Accuracy, F1,
 *       macro F1, Matthews, Pearson, Spearman, squared error, areas under curves.
 *   <li>Tallies, which examples are added to one by one: {@link
 *       io.github.electra4j.eval.metric.SpanTally} (SQuAD 1.1, MRQA), {@link
 *       io.github.electra4j.eval.metric.Squad2Tally}, {@link
 *       io.github.electra4j.eval.metric.ChunkTally} (chunks and names), {@link
 *       io.github.electra4j.eval.metric.RankingTally} (choices and responses), {@link
 *       io.github.electra4j.eval.metric.IntentTally}.
 * </ul>
 *
 * <p>Ties, constant input and classes that never occur are treated as scikit-learn and SciPy treat
 * them; each metric says how. Worked example, chunks:
 *
 * <pre>{@code
 * ChunkTally tally = new ChunkTally(ChunkDecoding.CONLLEVAL);
 * tally.add(List.of("B-NP", "I-NP", "B-VP"), List.of("B-NP", "I-NP", "B-NP"));
 * System.out.print(tally.toConlleval());
 * }</pre>
 *
 * <p>prints
 *
 * <pre>{@code
 * processed 3 tokens with 2 phrases; found: 2 phrases; correct: 1.
 * accuracy:  66.67%; precision:  50.00%; recall:  50.00%; FB1:  50.00
 *                NP: precision:  50.00%; recall: 100.00%; FB1:  66.67  2
 *                VP: precision:   0.00%; recall:   0.00%; FB1:   0.00  0
 * }</pre>
 */
package io.github.electra4j.eval.metric;
