package io.github.electra4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A vocabulary, examples and settings with which a model is pre-trained in no time.
 *
 * @param folder where everything is
 * @param vocabulary file of eleven pieces
 * @param examples folder of prepared examples
 * @param hparams settings of a model of width 32
 */
record TinyPretraining(Path folder, Path vocabulary, Path examples, Path hparams) {
  private static final List<String> PIECES =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sat", "on", "a", "mat");

  /** Settings of a model of width 32 that reads 32 tokens. */
  static final String HPARAMS =
      """
{"model_hparam_overrides": {"hidden_size": 32, "num_hidden_layers": 1,
 "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 32},
 "embedding_size": 16, "generator_hidden_size": 0.5, "num_warmup_steps": 4, "max_seq_length": 32}""";

  /** Writes all files. */
  static TinyPretraining in(Path folder) throws IOException {
    Path vocabulary = Files.write(folder.resolve("vocab.txt"), PIECES);
    Path hparams = Files.writeString(folder.resolve("hparams.json"), HPARAMS);
    TinyPretraining all =
        new TinyPretraining(folder, vocabulary, folder.resolve("examples"), hparams);
    all.prepare("examples", 2, 32);
    return all;
  }

  /** The same with the settings {@code more} in --hparams, e.g. {@code "vocab_size": 16}. */
  TinyPretraining withSettings(String more) throws IOException {
    return withHparams(HPARAMS.replaceFirst("\\{", "{" + more + ", "));
  }

  /** The same with settings for examples of {@code tokens}. */
  TinyPretraining withLength(int tokens) throws IOException {
    return withHparams(HPARAMS.replace("\"max_seq_length\": 32", "\"max_seq_length\": " + tokens));
  }

  private TinyPretraining withHparams(String json) throws IOException {
    Path file = Files.createTempFile(folder, "hparams", ".json");
    Files.writeString(file, json);
    return new TinyPretraining(folder, vocabulary, examples, file);
  }

  /** The same with other examples. */
  TinyPretraining withExamples(Path others) {
    return new TinyPretraining(folder, vocabulary, others, hparams);
  }

  /** Examples of {@code length} tokens from other sentences. */
  Path prepare(String name, long seed, int length) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 300; line++) {
      for (int word = 3 + random.nextInt(6); word >= 0; word--) {
        text.append(PIECES.get(5 + random.nextInt(6))).append(' ');
      }
      text.append(line % 10 == 9 ? "\n\n" : "\n");
    }
    Path corpus = Files.writeString(folder.resolve(name + ".txt"), text);
    Path output = folder.resolve(name);
    Object[] command = {
      "prepare",
      corpus,
      "--vocab",
      vocabulary,
      "--output",
      output,
      "--max-seq-length",
      length,
      "--shards",
      1
    };
    Run.of(command).exits(ExitCode.OK);
    return output;
  }

  /**
   * A command line.
   *
   * @param output folder of the run, below {@link #folder}
   * @param more options
   */
  Object[] pretrain(String output, Object... more) {
    List<Object> command =
        new ArrayList<>(List.of("pretrain", examples, "--vocab", vocabulary, "--hparams", hparams));
    command.addAll(List.of("--output", folder.resolve(output)));
    command.addAll(List.of(more));
    return command.toArray();
  }
}
