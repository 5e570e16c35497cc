package io.github.electra4j.cli;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.FineTuneConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The choices of learning; what is not given is as the original has it. */
@OptionGroup(OptionGroup.OPTIMISATION)
final class LearningArguments {
  private static final String LENGTH = "--max-seq-length";

  /** What the options are called in the configuration that checks them. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "FineTuneConfig.learningRate", "--learning-rate",
          "FineTuneConfig.weightDecay", "--weight-decay",
          "FineTuneConfig.layerwiseDecay", "--layerwise-decay",
          "FineTuneConfig.warmupProportion", "--warmup",
          "FineTuneConfig.epochs", "--epochs",
          "FineTuneConfig.batchSize", "--train-batch-size",
          "FineTuneConfig.maxSeqLength", LENGTH,
          "FineTuneConfig.headDropout", "--head-dropout",
          "EncoderConfig.hiddenDropout", "--dropout");

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = {"Peak learning rate.", "  Default: 1e-4; large models 5e-5"})
  private Double learningRate;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = {
        "Passes over the data; question answering has 2.",
        "  Default: 3; rte and sts 10"
      })
  private Double epochs;

  @Option(
      names = "--train-batch-size",
      paramLabel = "N",
      description = {"Examples per step.", "  Default: 32"})
  private Integer batchSize;

  @Option(
      names = LENGTH,
      paramLabel = "N",
      description = {
        "Longest input in tokens; chunk has 256, question answering 512, if the model reads them.",
        "  Default: 128, or what the model reads"
      })
  private Integer maxSeqLength;

  @Option(
      names = "--layerwise-decay",
      paramLabel = "D",
      description = {
        "Factor on the learning rate from a layer to the one below; 1 for none.",
        "  Default: 0.8; large models 0.9"
      })
  private Double layerwiseDecay;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description = {"Weight decay per unit of learning rate.", "  Default: 0.01"})
  private Double weightDecay;

  @Option(
      names = "--warmup",
      paramLabel = "SHARE",
      description = {"Share of the steps over which the rate rises.", "  Default: 0.1"})
  private Double warmup;

  @Option(
      names = "--head-dropout",
      paramLabel = "P",
      description = {"Dropout before the task head.", "  Default: 0.1"})
  private Double headDropout;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = {
        "Dropout in the encoder, hidden and attention.",
        "  Default: as the model says"
      })
  private Double dropout;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of everything random.")
  private long seed;

  /** Takes what was not given as an option from the original's settings. */
  void assume(FinetuneHparams hparams) throws MalformedFileException {
    learningRate = hparams.number(learningRate, "learning_rate");
    weightDecay = hparams.number(weightDecay, "weight_decay_rate");
    layerwiseDecay = hparams.number(layerwiseDecay, "layerwise_lr_decay");
    warmup = hparams.number(warmup, "warmup_proportion");
    epochs = hparams.number(epochs, "num_train_epochs");
    batchSize = hparams.integer(batchSize, "train_batch_size");
    maxSeqLength = hparams.integer(maxSeqLength, "max_seq_length");
  }

  /**
   * The choices for a model and its tasks; what is special to a task counts only if it is alone.
   */
  FineTuneConfig config(ElectraConfig model, List<Lesson> lessons) {
    return lessons.size() == 1
        ? config(model, lessons.get(0).epochs(), lessons.get(0).maxSeqLength())
        : config(
            model,
            Lesson.USUAL_EPOCHS,
            lessons.stream().mapToInt(Lesson::maxSeqLength).max().orElse(Lesson.USUAL_LENGTH));
  }

  /**
   * The choices for a model.
   *
   * @param usualEpochs passes over the data unless others were asked for
   * @param usualLength tokens unless others were asked for, as far as the model reads them
   */
  FineTuneConfig config(ElectraConfig model, double usualEpochs, int usualLength) {
    if (maxSeqLength != null && maxSeqLength > model.maxPositions()) {
      throw new WrongUsageException(
          "%s is %d; the model reads at most %d tokens."
              .formatted(LENGTH, maxSeqLength, model.maxPositions()));
    }
    FineTuneConfig defaults = FineTuneConfig.defaultsFor(model);
    return WrongUsageException.unlessUsable(
        OPTIONS,
        () ->
            new FineTuneConfig(
                or(learningRate, defaults.learningRate()),
                or(weightDecay, defaults.weightDecay()),
                or(layerwiseDecay, defaults.layerwiseDecay()),
                or(warmup, defaults.warmupProportion()),
                or(epochs, usualEpochs),
                or(batchSize, defaults.batchSize()),
                or(maxSeqLength, Math.min(usualLength, model.maxPositions())),
                or(headDropout, defaults.headDropout()),
                seed));
  }

  /** The model with the dropout that was asked for. */
  ElectraConfig withDropout(ElectraConfig model) {
    return dropout == null
        ? model
        : WrongUsageException.unlessUsable(OPTIONS, () -> model.withDropout(dropout, dropout));
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
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
