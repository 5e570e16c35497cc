package io.github.electra4j.convert.huggingface;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The table of tensor names, read both ways. HuggingFace keeps each network in a folder of its own,
 * and each is rooted at {@code electra}, so that on this side the names are those of a model whose
 * only encoder is {@code electra/}; where a generator stands beside a discriminator its encoder is
 * called {@code generator/} afterwards.
 *
 * <p>Example: {@code electra.encoder.layer.3.output.dense.weight [256, 1024]} of PyTorch and {@code
 * electra/encoder/layer_._3/output/dense/kernel:0 [1024, 256]} of Keras are {@code
 * electra/encoder/layer_3/output/dense/kernel [1024, 256]}.
 */
public final class HuggingFaceNames {
  private static final List<NameRule> RULES = new ArrayList<>();

  static {
    table("word_embeddings", "weight");
    table("token_type_embeddings", "embeddings");
    table("position_embeddings", "embeddings");
    norm("electra/embeddings/LayerNorm");
    dense("electra/embeddings_project");
    String layer = "electra/encoder/layer_#/";
    dense(layer + "attention/self/query");
    dense(layer + "attention/self/key");
    dense(layer + "attention/self/value");
    dense(layer + "attention/output/dense");
    norm(layer + "attention/output/LayerNorm");
    dense(layer + "intermediate/dense");
    dense(layer + "output/dense");
    norm(layer + "output/LayerNorm");
    dense("generator_predictions/dense");
    norm("generator_predictions/LayerNorm");
    RULES.add(
        new NameRule(
            "generator_predictions/output_bias",
            "generator_lm_head.bias",
            "generator_lm_head/bias:0",
            false));
    dense("discriminator_predictions/dense");
    dense("discriminator_predictions/dense_1", "discriminator_predictions/dense_prediction");
  }

  /** Who named the tensors of a file. */
  public enum Dialect {
    /** PyTorch, in {@code pytorch_model.bin} and {@code model.safetensors}. */
    TORCH,
    /** Keras, in {@code tf_model.h5}, without the model's name in front. */
    KERAS
  }

  /**
   * The other name of a tensor.
   *
   * @param name the name
   * @param transposed whether the matrix has its axes exchanged there
   */
  public record Renamed(String name, boolean transposed) {
    /** Checks for null. */
    public Renamed {
      Objects.requireNonNull(name, "name");
    }
  }

  private HuggingFaceNames() {}

  /** This project's name for a tensor of HuggingFace's; empty if there is none. */
  public static Optional<Renamed> toElectra(String foreign, Dialect dialect) {
    String usual = dialect == Dialect.TORCH ? usual(foreign) : foreign;
    for (NameRule rule : RULES) {
      Optional<String> name = NameRule.rename(usual, rule.foreign(dialect), rule.electra());
      if (name.isPresent()) {
        return Optional.of(rule.renamed(name.get(), dialect));
      }
    }
    return Optional.empty();
  }

  /** HuggingFace's name for a tensor of this project; empty if there is none. */
  public static Optional<Renamed> toForeign(String electra, Dialect dialect) {
    for (NameRule rule : RULES) {
      Optional<String> name = NameRule.rename(electra, rule.electra(), rule.foreign(dialect));
      if (name.isPresent()) {
        return Optional.of(rule.renamed(name.get(), dialect));
      }
    }
    return Optional.empty();
  }

  /** Dumps of the first years called the parameters of a LayerNorm as TensorFlow does. */
  private static String usual(String torch) {
    return torch
        .replaceFirst("\\.LayerNorm\\.gamma$", ".LayerNorm.weight")
        .replaceFirst("\\.LayerNorm\\.beta$", ".LayerNorm.bias");
  }

  private static void table(String name, String kerasLeaf) {
    String path = "electra/embeddings/" + name;
    String keras = path + "/" + kerasLeaf + ":0";
    RULES.add(new NameRule(path, torch(path) + ".weight", keras, false));
  }

  private static void norm(String path) {
    RULES.add(
        new NameRule(path + "/gamma", torch(path) + ".weight", keras(path) + "/gamma:0", false));
    RULES.add(new NameRule(path + "/beta", torch(path) + ".bias", keras(path) + "/beta:0", false));
  }

  private static void dense(String path) {
    dense(path, path);
  }

  private static void dense(String path, String other) {
    RULES.add(
        new NameRule(path + "/kernel", torch(other) + ".weight", keras(other) + "/kernel:0", true));
    RULES.add(
        new NameRule(path + "/bias", torch(other) + ".bias", keras(other) + "/bias:0", false));
  }

  private static String torch(String path) {
    return path.replace("layer_#", "layer.#").replace('/', '.');
  }

  private static String keras(String path) {
    return path.replace("layer_#", "layer_._#");
  }
}
