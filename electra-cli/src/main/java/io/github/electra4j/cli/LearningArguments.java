package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.train.FineTuneConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The choices of learning; what is not given is as the original has it. */
final class LearningArguments {
  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Peak learning rate; default 1e-4, for large models 5e-5.")
  private Double learningRate;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the data; default 3, for rte and sts 10.")
  private Double epochs;

  @Option(
      names = "--train-batch-size",
      paramLabel = "N",
      description = "Examples per step; default 32.")
  private Integer batchSize;

  @Option(
      names = "--max-seq-length",
      paramLabel = "N",
      description = "Longest input in tokens; default 128.")
  private Integer maxSeqLength;

  @Option(
      names = "--layerwise-decay",
      paramLabel = "D",
      description =
          "Factor on the learning rate from a layer to the one below; 1 for none; default 0.8, for"
              + " large models 0.9.")
  private Double layerwiseDecay;

  @Option(names = "--weight-decay", paramLabel = "D", description = "Weight decay; default 0.01.")
  private Double weightDecay;

  @Option(
      names = "--warmup",
      paramLabel = "SHARE",
      description = "Share of the steps over which the rate rises; default 0.1.")
  private Double warmup;

  @Option(
      names = "--head-dropout",
      paramLabel = "P",
      description = "Dropout before the task head; default 0.1.")
  private Double headDropout;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Dropout in the encoder, hidden and attention; default as the model says.")
  private Double dropout;

  @Option(names = "--seed", defaultValue = "0", description = "Seed of everything random.")
  private long seed;

  /** The seed. */
  long seed() {
    return seed;
  }

  /** The choices for a model and a task. */
  FineTuneConfig config(ElectraConfig model, GlueTask task) {
    FineTuneConfig defaults = FineTuneConfig.defaultsFor(model);
    return new FineTuneConfig(
        learningRate == null ? defaults.learningRate() : learningRate,
        weightDecay == null ? defaults.weightDecay() : weightDecay,
        layerwiseDecay == null ? defaults.layerwiseDecay() : layerwiseDecay,
        warmup == null ? defaults.warmupProportion() : warmup,
        epochs == null ? task.training().epochs() : epochs,
        batchSize == null ? defaults.batchSize() : batchSize,
        maxSeqLength == null
            ? Math.min(defaults.maxSeqLength(), model.maxPositions())
            : maxSeqLength,
        headDropout == null ? defaults.headDropout() : headDropout,
        seed);
  }

  /** The model with the dropout that was asked for. */
  ElectraConfig withDropout(ElectraConfig model) {
    return dropout == null ? model : model.withDropout(dropout, dropout);
  }

  /** All choices under the names of the options. */
  static Map<String, Object> named(FineTuneConfig config, ElectraConfig model) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("learning-rate", config.learningRate());
    named.put("epochs", config.epochs());
    named.put("train-batch-size", config.batchSize());
    named.put("max-seq-length", config.maxSeqLength());
    named.put("layerwise-decay", config.layerwiseDecay());
    named.put("weight-decay", config.weightDecay());
    named.put("warmup", config.warmupProportion());
    named.put("head-dropout", config.headDropout());
    named.put("hidden-dropout", model.encoder().hiddenDropout());
    named.put("attention-dropout", model.encoder().attentionDropout());
    return named;
  }
}
