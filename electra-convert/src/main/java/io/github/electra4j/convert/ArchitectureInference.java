package io.github.electra4j.convert;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Tensor names and shapes to the configuration that they fit. No size is taken from the name of a
 * model: the embedding width is that of the word table, the hidden size that of the attention
 * kernels, layers are counted, and the generator is recognised by where its weights lie.
 *
 * <pre>{@code
 * generator/…, generator_predictions/…          a generator of its own
 * electra/…, generator_predictions/…            the discriminator's encoder in both roles
 * generator_ltr/…, generator_rtl/…              the two towers of Electric
 * electra/…, discriminator_predictions/… alone  no generator
 * encoder_predictions/…                         the encoder itself predicts tokens, too
 * }</pre>
 */
public final class ArchitectureInference {
  private static final double USUAL_INITIALIZER_RANGE = 0.02;
  private static final String VOCABULARY_HEAD = "encoder_predictions";
  private static final String EMBEDDINGS = "/embeddings/word_embeddings";

  private final TensorShapes shapes;
  private final ArchitectureHints hints;
  private final List<String> reasons = new ArrayList<>();
  private final EncoderInference encoders;

  private ArchitectureInference(Map<String, long[]> tensors, ArchitectureHints hints) {
    this.shapes = new TensorShapes(tensors);
    this.hints = hints;
    this.encoders = new EncoderInference(shapes, reasons);
  }

  /**
   * The architecture that the tensors of one checkpoint have. Whether every other tensor fits it is
   * not asked here; that is the weight gate's question.
   *
   * @param source the checkpoint as the user knows it, for messages
   * @param tensors name to shape, optimizer slots included or not
   * @param hints what the tensors do not tell
   * @throws MalformedFileException if the tensors are not those of an ELECTRA model, naming what
   *     does not fit; or if they leave a size open or contradict the hints, naming every problem
   */
  public static Architecture infer(
      String source, Map<String, long[]> tensors, ArchitectureHints hints)
      throws MalformedFileException {
    ForeignTensors.refuse(source, tensors.keySet());
    ArchitectureInference inference = new ArchitectureInference(tensors, hints);
    Optional<ElectraConfig> config = inference.config();
    config.ifPresent(inference::compareWithReference);
    List<String> problems = inference.shapes.problems();
    if (config.isEmpty() || !problems.isEmpty()) {
      throw MalformedFileException.saying(
          source,
          "%s: the tensors do not add up to an ELECTRA model, %d problem(s):\n  %s\nFetch the checkpoint again if tensors are missing; correct the hints or the configuration if it is contradicted."
              .formatted(source, problems.size(), String.join("\n  ", problems)));
    }
    List<TaskHead> heads = TaskTensors.heads(inference.shapes, config.get().encoder().hiddenSize());
    return new Architecture(config.get(), heads, inference.reasons);
  }

  private Optional<ElectraConfig> config() {
    Optional<int[]> words = table("electra", "word_embeddings", "[vocabulary, embedding]");
    Optional<int[]> positions = table("electra", "position_embeddings", "[positions, embedding]");
    Optional<int[]> types = table("electra", "token_type_embeddings", "[token types, embedding]");
    Optional<EncoderConfig> encoder =
        encoders.infer(
            "discriminator",
            "electra",
            new EncoderInference.Known(
                hints.attentionHeads(), hints.reference().map(ElectraConfig::encoder)));
    Optional<Kind> kind = generatorKind();
    Optional<GeneratorConfig> generator = Optional.empty();
    boolean own = kind.isPresent() && kind.get() != Kind.SHARED;
    if (hints.generatorAttentionHeads().isPresent() && !own) {
      shapes.problem(
          "the number of the generator's attention heads is given, but there is no generator of its own");
    }
    if (encoder.isPresent() && kind.isPresent()) {
      generator = generator(kind.get(), encoder.get());
    }
    if (words.isEmpty() || positions.isEmpty() || types.isEmpty() || encoder.isEmpty()) {
      return Optional.empty();
    }
    boolean head = shapes.hasBelow("discriminator_predictions");
    reasons.add(
        head
            ? "discriminator: a replaced-token head, below discriminator_predictions/"
            : "discriminator: no replaced-token head, nothing is below discriminator_predictions/");
    return Optional.of(
        new ElectraConfig(
            words.get()[0],
            words.get()[1],
            positions.get()[0],
            types.get()[0],
            hints.reference().map(ElectraConfig::initializerRange).orElse(USUAL_INITIALIZER_RANGE),
            encoder.get(),
            generator,
            head,
            vocabularyHead()));
  }

  /** With which head the encoder itself predicts tokens; empty if it does not. */
  private Optional<VocabularyHead> vocabularyHead() {
    if (!shapes.hasBelow(VOCABULARY_HEAD)) {
      return Optional.empty();
    }
    boolean copies = shapes.hasBelow(VOCABULARY_HEAD + "/copy");
    reasons.add(
        copies
            ? "discriminator: predicts tokens or copies them, below %s/ and %s/copy/"
                .formatted(VOCABULARY_HEAD, VOCABULARY_HEAD)
            : "discriminator: predicts tokens, below %s/".formatted(VOCABULARY_HEAD));
    return Optional.of(copies ? VocabularyHead.COPYING : VocabularyHead.PLAIN);
  }

  private Optional<int[]> table(String scope, String table, String axes) {
    String name = scope + "/embeddings/" + table;
    Optional<int[]> shape = shapes.matrix(name, axes);
    shape.ifPresent(
        found -> reasons.add("%s = [%d, %d] from %s".formatted(axes, found[0], found[1], name)));
    return shape;
  }

  /** Where the generator's weights lie; empty if there are none. */
  private Optional<Kind> generatorKind() {
    boolean separate = shapes.hasBelow("generator");
    boolean towers = shapes.hasBelow("generator_ltr") || shapes.hasBelow("generator_rtl");
    if (separate && towers) {
      shapes.problem(
          "there are weights below generator/ and below generator_ltr/ or generator_rtl/; a model has one kind of generator");
      return Optional.empty();
    }
    if (separate) {
      reasons.add("generator: a network of its own, below generator/");
      return Optional.of(Kind.SEPARATE);
    }
    if (towers) {
      reasons.add("generator: two towers, below generator_ltr/ and generator_rtl/");
      return Optional.of(Kind.TWO_TOWER);
    }
    if (shapes.hasBelow("generator_predictions")) {
      reasons.add(
          "generator: the encoder electra/ itself, for there is generator_predictions/ but no generator/");
      return Optional.of(Kind.SHARED);
    }
    reasons.add("generator: none, for there is neither generator…/ nor generator_predictions/");
    return Optional.empty();
  }

  private Optional<GeneratorConfig> generator(Kind kind, EncoderConfig discriminator) {
    if (kind == Kind.SHARED) {
      return Optional.of(GeneratorConfig.shared(discriminator));
    }
    String scope = kind == Kind.SEPARATE ? "generator" : "generator_ltr";
    OptionalInt heads = hints.generatorAttentionHeads();
    Optional<EncoderConfig> reference =
        hints
            .reference()
            .flatMap(ElectraConfig::generator)
            .filter(generator -> generator.kind() != Kind.SHARED)
            .map(GeneratorConfig::encoder);
    Optional<EncoderConfig> encoder =
        encoders
            .infer("generator", scope, new EncoderInference.Known(heads, reference))
            .map(found -> withDropoutOf(discriminator, found, reference));
    boolean untied = shapes.has(scope + EMBEDDINGS);
    reasons.add(
        untied
            ? "generator: embeddings of its own, %s%s".formatted(scope, EMBEDDINGS)
            : "generator: shares electra/embeddings, for there is no %s%s"
                .formatted(scope, EMBEDDINGS));
    boolean projected = shapes.has(scope + "/embeddings_project/kernel");
    return encoder.map(
        found ->
            new GeneratorConfig(kind, found, untied, kind == Kind.SEPARATE && untied && projected));
  }

  /** The original copies dropout to the generator, which a configuration need not mention. */
  private static EncoderConfig withDropoutOf(
      EncoderConfig discriminator, EncoderConfig generator, Optional<EncoderConfig> reference) {
    return reference.isPresent()
        ? generator
        : generator.withDropout(discriminator.hiddenDropout(), discriminator.attentionDropout());
  }

  private void compareWithReference(ElectraConfig found) {
    if (hints.reference().isEmpty()) {
      return;
    }
    ElectraConfig wanted = hints.reference().get();
    Map<String, int[]> sizes = new TreeMap<>();
    sizes.put("vocabulary size", new int[] {found.vocabSize(), wanted.vocabSize()});
    sizes.put("number of positions", new int[] {found.maxPositions(), wanted.maxPositions()});
    sizes.put("number of token types", new int[] {found.tokenTypes(), wanted.tokenTypes()});
    addSizes(sizes, "discriminator", found.encoder(), wanted.encoder());
    if (found.generator().isPresent() && wanted.generator().isPresent()) {
      addSizes(
          sizes,
          "generator",
          found.generator().get().encoder(),
          wanted.generator().get().encoder());
    }
    sizes.forEach(
        (what, pair) -> {
          if (pair[0] != pair[1]) {
            shapes.problem(
                "%s: the tensors have %d, the configuration says %d"
                    .formatted(what, pair[0], pair[1]));
          }
        });
  }

  private static void addSizes(
      Map<String, int[]> sizes, String role, EncoderConfig found, EncoderConfig wanted) {
    sizes.put(role + "'s hidden size", new int[] {found.hiddenSize(), wanted.hiddenSize()});
    sizes.put(role + "'s layers", new int[] {found.layers(), wanted.layers()});
    sizes.put(
        role + "'s intermediate size",
        new int[] {found.intermediateSize(), wanted.intermediateSize()});
  }
}
