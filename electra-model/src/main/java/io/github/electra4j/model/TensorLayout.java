package io.github.electra4j.model;

import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.TensorSpec.Initializer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The list of tensors that a configuration asks for: names and shapes of google-research/electra,
 * in the order in which its graph creates them. No other class spells these names out.
 *
 * <p>The four embedding groups below {@code electra/embeddings} are shared by generator and
 * discriminator unless the generator unties them; the projection and the encoder never are.
 */
public final class TensorLayout {
  private static final Set<String> IGNORABLE_NAMES =
      Set.of("global_step", "generator_predictions/temperature");
  private static final List<String> IGNORABLE_SUFFIXES = List.of("/adam_m", "/adam_v");

  private final ElectraConfig config;
  private final List<TensorSpec> specs = new ArrayList<>();
  private final Set<String> embedded = new HashSet<>();

  private TensorLayout(ElectraConfig config) {
    this.config = config;
  }

  /** Every tensor of a checkpoint with this configuration, in creation order. */
  public static List<TensorSpec> of(ElectraConfig config) {
    TensorLayout layout = new TensorLayout(config);
    config.generator().ifPresent(layout::generator);
    if (config.generator().map(GeneratorConfig::kind).orElse(null) != Kind.SHARED) {
      layout.network("electra", config.encoder(), config.embeddingSize(), false);
    }
    if (config.discriminatorHead()) {
      layout.discriminatorHead();
    }
    config.vocabularyHead().ifPresent(layout::vocabularyHead);
    return List.copyOf(layout.specs);
  }

  /** The tensors below {@code electra/} alone: what fine-tuning starts from. */
  public static List<TensorSpec> encoderOnly(ElectraConfig config) {
    return of(config.encoderOnly());
  }

  /** The tensors of a task's head on an encoder of width {@code hiddenSize}, in creation order. */
  public static List<TensorSpec> taskHead(TaskHead head, int hiddenSize) {
    return TaskHeadLayout.of(head, hiddenSize);
  }

  /** The number of numbers in a layout. */
  public static long parameterCount(List<TensorSpec> layout) {
    return layout.stream().mapToLong(TensorSpec::elements).sum();
  }

  /**
   * Whether a name belongs to what training leaves behind in a TensorFlow checkpoint and no model
   * needs: Adam's moments ({@code …/adam_m}, {@code …/adam_v}), {@code global_step}, and the stray
   * {@code generator_predictions/temperature} of released files.
   */
  public static boolean isIgnorable(String name) {
    return IGNORABLE_NAMES.contains(name) || IGNORABLE_SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private void generator(GeneratorConfig generator) {
    EncoderConfig encoder = generator.encoder();
    boolean untied = generator.untiedEmbeddings();
    long tableWidth = config.embeddingSizeOf(generator);
    switch (generator.kind()) {
      case SEPARATE -> {
        network("generator", encoder, tableWidth, untied);
        maskedLanguageHead("generator_predictions", encoder.hiddenSize(), tableWidth);
      }
      case SHARED -> {
        network("electra", encoder, tableWidth, false);
        maskedLanguageHead("generator_predictions", encoder.hiddenSize(), tableWidth);
      }
      case TWO_TOWER -> {
        network("generator_ltr", encoder, tableWidth, untied);
        network("generator_rtl", encoder, tableWidth, untied);
        maskedLanguageHead("cloze_predictions", 2L * encoder.hiddenSize(), tableWidth);
      }
    }
  }

  private void network(String scope, EncoderConfig encoder, long width, boolean untied) {
    embeddings(untied ? scope : "electra", width);
    if (width != encoder.hiddenSize()) {
      dense(scope + "/embeddings_project", Initializer.GLOROT_UNIFORM, width, encoder.hiddenSize());
    }
    for (int i = 0; i < encoder.layers(); i++) {
      layer(scope + "/encoder/layer_" + i, encoder.hiddenSize(), encoder.intermediateSize());
    }
  }

  private void embeddings(String scope, long width) {
    if (!embedded.add(scope)) {
      return;
    }
    String path = scope + "/embeddings/";
    add(path + "word_embeddings", Initializer.TRUNCATED_NORMAL, config.vocabSize(), width);
    add(path + "token_type_embeddings", Initializer.TRUNCATED_NORMAL, config.tokenTypes(), width);
    add(path + "position_embeddings", Initializer.TRUNCATED_NORMAL, config.maxPositions(), width);
    layerNorm(path + "LayerNorm", width);
  }

  private void layer(String path, long hidden, long intermediate) {
    for (String projection : List.of("query", "key", "value")) {
      dense(path + "/attention/self/" + projection, Initializer.TRUNCATED_NORMAL, hidden, hidden);
    }
    dense(path + "/attention/output/dense", Initializer.TRUNCATED_NORMAL, hidden, hidden);
    layerNorm(path + "/attention/output/LayerNorm", hidden);
    dense(path + "/intermediate/dense", Initializer.TRUNCATED_NORMAL, hidden, intermediate);
    dense(path + "/output/dense", Initializer.TRUNCATED_NORMAL, intermediate, hidden);
    layerNorm(path + "/output/LayerNorm", hidden);
  }

  private void maskedLanguageHead(String path, long input, long tableWidth) {
    dense(path + "/dense", Initializer.TRUNCATED_NORMAL, input, tableWidth);
    layerNorm(path + "/LayerNorm", tableWidth);
    add(path + "/output_bias", Initializer.ZEROS, config.vocabSize());
  }

  private void discriminatorHead() {
    long hidden = config.encoder().hiddenSize();
    dense("discriminator_predictions/dense", Initializer.TRUNCATED_NORMAL, hidden, hidden);
    dense("discriminator_predictions/dense_1", Initializer.GLOROT_UNIFORM, hidden, 1);
  }

  private void vocabularyHead(VocabularyHead head) {
    long hidden = config.encoder().hiddenSize();
    maskedLanguageHead("encoder_predictions", hidden, config.embeddingSize());
    if (head == VocabularyHead.COPYING) {
      dense("encoder_predictions/copy", Initializer.GLOROT_UNIFORM, hidden, 1);
    }
  }

  private void dense(String path, Initializer kernel, long in, long out) {
    add(path + "/kernel", kernel, in, out);
    add(path + "/bias", Initializer.ZEROS, out);
  }

  private void layerNorm(String path, long width) {
    add(path + "/beta", Initializer.ZEROS, width);
    add(path + "/gamma", Initializer.ONES, width);
  }

  private void add(String name, Initializer initializer, long... shape) {
    specs.add(TensorSpec.trainable(name, initializer, shape));
  }
}
