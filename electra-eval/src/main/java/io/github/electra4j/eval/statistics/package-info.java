/**
 * What numbers from few trials and few examples are worth: {@link
 * io.github.electra4j.eval.statistics.TrialSummary} (several seeds), {@link
 * io.github.electra4j.eval.statistics.DegenerateRun} (seeds that learnt nothing), {@link
 * io.github.electra4j.eval.statistics.Comparison} with {@link
 * io.github.electra4j.eval.statistics.PairedBootstrap} and {@link
 * io.github.electra4j.eval.statistics.McNemar} (two systems on the same examples), {@link
 * io.github.electra4j.eval.statistics.StandardError} (one system). Everything drawn follows from a
 * seed. Worked example:
 *
 * <pre>{@code
 * TrialSummary summary =
 *     TrialSummary.of(new double[] {88.1, 87.5, 89.0, 88.4, 50.9}, Resampling.usual());
 * System.out.println(summary.toText()); // the median, 88.10, is not fooled by the failed trial
 * }</pre>
 */
package io.github.electra4j.eval.statistics;
