package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The settings of the original's run_finetuning.py. */
class FinetuneHparamsTest {
  private static <T> T parsed(T arguments, String... args) {
    new CommandLine(arguments).parseArgs(args);
    return arguments;
  }

  @Test
  void theyStandWhereTheOptionsDo() throws IOException {
    FinetuneHparams hparams =
        FinetuneHparams.read(
            "{\"learning_rate\": 3e-4, \"weight_decay_rate\": 0, \"layerwise_lr_decay\": 0.7,"
                + " \"warmup_proportion\": 0.2, \"num_train_epochs\": 4.5, \"train_batch_size\": 8,"
                + " \"max_seq_length\": 64, \"use_tpu\": true, \"model_size\": \"small\"}");
    LearningArguments theirs = parsed(new LearningArguments(), "--epochs=2");
    theirs.assume(hparams);
    LearningArguments ours =
        parsed(
            new LearningArguments(),
            "--learning-rate=3e-4",
            "--weight-decay=0",
            "--layerwise-decay=0.7",
            "--warmup=0.2",
            "--epochs=2",
            "--train-batch-size=8",
            "--max-seq-length=64");
    ElectraConfig small = ElectraConfig.small();
    assertEquals(ours.config(small, 3, 128), theirs.config(small, 3, 128));
  }

  @Test
  void withoutThemTheDefaultsStand() throws IOException {
    LearningArguments none = new LearningArguments();
    none.assume(FinetuneHparams.read("{\"learning_rate\": null}"));
    ElectraConfig small = ElectraConfig.small();
    assertEquals(new LearningArguments().config(small, 3, 128), none.config(small, 3, 128));
    AnswerArguments answers = new AnswerArguments();
    answers.assume(FinetuneHparams.read("{}"));
    assertEquals(SpanSettings.defaults(), answers.settings());
  }

  @Test
  void questionAnsweringIsAsTheySay() throws IOException {
    AnswerArguments answers = parsed(new AnswerArguments(), "--doc-stride=32");
    answers.assume(
        FinetuneHparams.read(
            "{\"max_query_length\": 16, \"doc_stride\": 99, \"n_best_size\": 5,"
                + " \"max_answer_length\": 7, \"answerable_uses_start_logits\": false,"
                + " \"answerable_weight\": 0.25, \"joint_prediction\": false, \"beam_size\": 3,"
                + " \"qa_na_threshold\": -1.5}"));
    SpanSettings expected =
        new SpanSettings(
            false,
            3,
            new SpanSettings.Answerability(SpanSettings.Evidence.FIRST_TOKEN, 0.25),
            new SpanSettings.Windows(16, 32),
            new SpanSettings.Choice(5, 7, -1.5));
    assertEquals(expected, answers.settings());
    answers.assume(FinetuneHparams.read("{\"answerable_classifier\": false}"));
    assertEquals(SpanSettings.Evidence.NONE, answers.settings().answerability().evidence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"lerning_rate\": 1} | learning_rate",
        "{\"do_train\": false} | electra evaluate",
        "{\"debug\": true} | --limit",
        "{\"model_hparam_overrides\": {\"num_hidden_layers\": 3}} |"
            + " model_hparam_overrides.num_hidden_layers",
        "{\"answerable_weight\": -1} | at least 0",
        "{\"do_eval\": 1} | true or false",
        "[1] | a JSON object",
        "{\"a\" | not valid JSON",
      })
  void whatIsWrongIsNamed(String json, String part) {
    MalformedFileException wrong =
        assertThrows(MalformedFileException.class, () -> FinetuneHparams.read(json));
    assertTrue(wrong.getMessage().contains(part), wrong.getMessage());
    assertTrue(wrong.getMessage().contains("--hparams"), wrong.getMessage());
  }

  @Test
  void aRunTakesThemFromAFile(@TempDir Path folder) throws IOException {
    assertThrows(NoSuchFileException.class, () -> FinetuneHparams.read("missing.json"));
    Path json =
        Files.writeString(
            folder.resolve("hparams.json"),
            "{\"task_names\": [\"sst\"], \"num_trials\": 2, \"num_train_epochs\": 1,"
                + " \"train_batch_size\": 8, \"learning_rate\": 1e-3}");
    Object[] command = {
      "finetune",
      DemoFiles.model(folder),
      "--hparams",
      json,
      "--data",
      DemoFiles.reviews(folder, 16, 8),
      "--learning-rate=5e-4",
      "--output",
      folder.resolve("run"),
      "--json"
    };
    JsonNode trials = Run.of(command).exits(ExitCode.OK).json();
    assertEquals(2, trials.path("finished").asInt(), trials.toString());
    JsonNode one =
        Run.json(Files.readString(folder.resolve("run").resolve("trial-1/results.json")));
    assertEquals("sst", one.path("task").textValue());
    assertEquals(8, one.at("/config/train-batch-size").intValue());
    assertEquals(5e-4, one.at("/config/learning-rate").doubleValue());
  }
}
