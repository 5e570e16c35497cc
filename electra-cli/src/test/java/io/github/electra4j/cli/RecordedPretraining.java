package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.convert.ArchitectureHints;
import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ImportOptions;
import io.github.electra4j.convert.SourceOptions;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.graph.Replacements;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import io.github.electra4j.train.pretrain.RecipeJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A folder in which a pre-training run of the original is recorded. */
record RecordedPretraining(Path folder, JsonNode trace, GoldenTensors tensors) {

  /** All folders; at least one. */
  static List<Path> all() {
    return SharedFolders.goldenCases("pretraining", "trace.json");
  }

  static RecordedPretraining read(Path folder) throws IOException {
    return new RecordedPretraining(
        folder,
        new ObjectMapper().readTree(folder.resolve("trace.json").toFile()),
        GoldenTensors.read(folder.resolve("trace.safetensors")));
  }

  PretrainRecipe recipe() throws IOException {
    return RecipeJson.read(
        JsonFields.parse(folder.toString(), trace.required("config").toString()));
  }

  JsonNode steps() {
    return trace.required("steps");
  }

  /** Weights and optimizer after so many updates. */
  Checkpoint checkpoint(int updates) throws IOException {
    ImportOptions options =
        ImportOptions.standard()
            .withPlace(SourceOptions.none().withBundle("model.ckpt-" + updates))
            .withHints(ArchitectureHints.none().withReference(recipe().model()))
            .withOptimizer(true);
    return Conversion.from(folder).options(options).read().checkpoint();
  }

  /** The batch that step {@code k} was given, with its masks. */
  MaskedBatch batch(int k) throws IOException {
    TokenBatch text =
        new TokenBatch(ints(k, "input_ids"), ints(k, "input_mask"), ints(k, "segment_ids"));
    double[] flat = tensors.get("step%d.masked_lm_weights".formatted(k)).values();
    int[][] positions = ints(k, "masked_lm_positions");
    float[][] weights = new float[positions.length][positions[0].length];
    for (int i = 0; i < flat.length; i++) {
      weights[i / positions[0].length][i % positions[0].length] = (float) flat[i];
    }
    return new MaskedBatch(
        text,
        ints(k, "masked_input_ids"),
        candidates(text),
        positions,
        ints(k, "masked_lm_ids"),
        weights,
        new long[positions.length]);
  }

  private int[][] candidates(TokenBatch text) throws IOException {
    Path file = folder.resolveSibling(trace.at("/config/vocab_file").asText());
    Vocabulary vocabulary = Vocabulary.read(file);
    Set<Integer> special =
        Set.of(
            vocabulary.requireId("[CLS]"),
            vocabulary.requireId("[SEP]"),
            vocabulary.requireId("[MASK]"));
    int[][] candidates = new int[text.batch()][text.seq()];
    for (int row = 0; row < text.batch(); row++) {
      for (int at = 0; at < text.seq(); at++) {
        candidates[row][at] =
            special.contains(text.inputIds()[row][at]) ? 0 : text.attentionMask()[row][at];
      }
    }
    return candidates;
  }

  /** The replacements that the original drew in step {@code k}. */
  Replacements samples(int k) {
    return (logits, batch) -> ints(k, "sampled_ids");
  }

  int[][] ints(int k, String name) {
    return tensors.get("step%d.%s".formatted(k, name)).intRows();
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
