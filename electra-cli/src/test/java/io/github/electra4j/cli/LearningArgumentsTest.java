package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.train.FineTuneConfig;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LearningArgumentsTest {
  private static final Pattern NUMBERS =
      Pattern.compile(
          "  Default: ([0-9.e-]+)(?:; (?:large models|rte and sts) ([0-9.e-]+))?(,.*)?");

  private static LearningArguments parsed(String... args) {
    LearningArguments arguments = new LearningArguments();
    new CommandLine(arguments).parseArgs(args);
    return arguments;
  }

  /** The default in an option's description: the usual one and the exceptional one, if any. */
  private static double[] described(String option) {
    String[] description =
        new CommandLine(new LearningArguments()).getCommandSpec().findOption(option).description();
    String last = description[description.length - 1];
    Matcher matcher = NUMBERS.matcher(last);
    assertTrue(matcher.matches(), last);
    double usual = Double.parseDouble(matcher.group(1));
    double exception = matcher.group(2) == null ? usual : Double.parseDouble(matcher.group(2));
    return new double[] {usual, exception};
  }

  @Test
  void describedDefaultsAreThoseOfFineTuning() {
    List<ElectraConfig> models = List.of(ElectraConfig.small(), ElectraConfig.large());
    for (int i = 0; i < models.size(); i++) {
      FineTuneConfig defaults = FineTuneConfig.defaultsFor(models.get(i));
      assertEquals(described("--learning-rate")[i], defaults.learningRate());
      assertEquals(described("--layerwise-decay")[i], defaults.layerwiseDecay());
      assertEquals(described("--train-batch-size")[i], defaults.batchSize());
      assertEquals(described("--max-seq-length")[i], defaults.maxSeqLength());
      assertEquals(described("--weight-decay")[i], defaults.weightDecay());
      assertEquals(described("--warmup")[i], defaults.warmupProportion());
      assertEquals(described("--head-dropout")[i], defaults.headDropout());
    }
    assertEquals(
        FineTuneConfig.defaultsFor(ElectraConfig.small()),
        FineTuneConfig.defaultsFor(ElectraConfig.base()),
        "only large models are an exception");
  }

  @Test
  void describedEpochsAreThoseOfTheTasks() {
    for (GlueTask task : GlueTask.all()) {
      boolean exception = task.name().equals("rte") || task.name().equals("sts");
      assertEquals(described("--epochs")[exception ? 1 : 0], task.training().epochs(), task.name());
    }
  }

  @Test
  void whatIsNotGivenIsTheDefault() {
    for (ElectraConfig model : List.of(ElectraConfig.small(), ElectraConfig.large())) {
      assertEquals(FineTuneConfig.defaultsFor(model), parsed().config(model, 3, 128));
      assertEquals(model, parsed().withDropout(model));
      assertEquals(10, parsed().config(model, 10, 128).epochs());
    }
  }

  @Test
  void whatIsGivenIsTaken() {
    LearningArguments all =
        parsed(
            "--learning-rate=2e-4",
            "--weight-decay=0.02",
            "--layerwise-decay=0.7",
            "--warmup=0.2",
            "--epochs=1.5",
            "--train-batch-size=8",
            "--max-seq-length=64",
            "--head-dropout=0.3",
            "--dropout=0",
            "--seed=9");
    assertEquals(
        new FineTuneConfig(2e-4, 0.02, 0.7, 0.2, 1.5, 8, 64, 0.3, 9),
        all.config(ElectraConfig.small(), 3, 128));
    assertEquals(0, all.withDropout(ElectraConfig.small()).encoder().attentionDropout());
    assertEquals(0, all.withDropout(ElectraConfig.small()).encoder().hiddenDropout());
  }

  @Test
  void aBadValueIsNamedByItsOption() {
    Map<String, String> bad =
        Map.of(
            "--learning-rate", "3",
            "--weight-decay", "-1",
            "--layerwise-decay", "0",
            "--warmup", "1",
            "--epochs", "0",
            "--train-batch-size", "0",
            "--head-dropout", "1",
            "--max-seq-length", "3");
    bad.forEach(
        (option, value) -> {
          LearningArguments arguments = parsed(option + "=" + value);
          WrongUsageException error =
              assertThrows(
                  WrongUsageException.class, () -> arguments.config(ElectraConfig.small(), 3, 128));
          assertTrue(error.getMessage().startsWith(option + " is " + value), error.getMessage());
        });
    LearningArguments dropout = parsed("--dropout=1.5");
    assertTrue(
        assertThrows(WrongUsageException.class, () -> dropout.withDropout(ElectraConfig.small()))
            .getMessage()
            .startsWith("--dropout is 1.5"));
  }

  @Test
  void anInputLongerThanTheModelReadsIsRefused() {
    LearningArguments arguments = parsed("--max-seq-length=513");
    assertEquals(
        "--max-seq-length is 513; the model reads at most 512 tokens.",
        assertThrows(
                WrongUsageException.class, () -> arguments.config(ElectraConfig.small(), 3, 128))
            .getMessage());
  }
}
