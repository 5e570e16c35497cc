/**
 * How good a fine-tuned model is. Reading order: {@link io.github.electra4j.eval.Scoring} (outputs
 * and labels become numbers), {@link io.github.electra4j.eval.MetricValue} (one of them), {@link
 * io.github.electra4j.eval.EvalReport} (all of them, as a table and as JSON), {@link
 * io.github.electra4j.eval.Provenance}, {@link io.github.electra4j.eval.DataFingerprint} and {@link
 * io.github.electra4j.eval.Versions} (what is needed to get them again), {@link
 * io.github.electra4j.eval.Prediction} (answers instead of scores), {@link
 * io.github.electra4j.eval.CacheKey} (the name of prepared data that may be used again). The
 * package {@code dataset} reads the examples, {@code metric} has the formulas, {@code squad} the
 * files of questions, {@code statistics} says what differences are worth, {@code submission} writes
 * what leaderboards want.
 *
 * <p>No model is run here: outputs are plain numbers. For example, with a folder {@code glue} that
 * holds {@code SST-2/dev.tsv}:
 *
 * <pre>{@code
 * GlueTask task = GlueTask.named("sst");
 * GlueSplit dev = GlueReader.load(task, glue, "dev", GlueReader.ALL);
 * float[][] logits = model.apply(dev.examples()); // [examples][labels]
 * List<MetricValue> metrics = Scoring.score(dev, logits);
 * List<DataFingerprint> data = List.of(DataFingerprint.of(dev.file()));
 * Provenance provenance =
 *     new Provenance("small", "1f0a", config, seed, data, Versions.current(), now);
 * EvalReport report =
 *     new EvalReport(
 *         "sst", "dev", dev.examples().size(), dev.partial(), metrics, provenance);
 * System.out.print(report.toTable());
 * }</pre>
 */
package io.github.electra4j.eval;
