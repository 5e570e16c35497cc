package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.train.graph.PretrainObjective;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides what a pre-training run makes of its data: which networks, how they
 * learn, and from sequences of which length. The presets have the numbers of the paper (table 6).
 *
 * @param model the networks
 * @param learning how they learn
 * @param maxSeqLength tokens per example
 */
public record PretrainRecipe(ElectraConfig model, PretrainConfig learning, int maxSeqLength) {
  /** Width of a new generator as a share of the encoder's. */
  private static final double NEW_GENERATOR = 0.25;

  /** Checks that the parts fit each other. */
  public PretrainRecipe {
    learning.objective().requireFitting(model);
    if (maxSeqLength < 4 || maxSeqLength > model.maxPositions()) {
      throw new IllegalArgumentException(
          "PretrainRecipe.maxSeqLength is %d; it must be from 4 to the %d positions of the model"
              .formatted(maxSeqLength, model.maxPositions()));
    }
  }

  /** ELECTRA-Small: a million updates of 128 examples of 128 tokens. */
  public static PretrainRecipe small() {
    return new PretrainRecipe(ElectraConfig.small(), PretrainConfig.defaults(), 128);
  }

  /** ELECTRA-Base: 766,000 updates of 256 examples of 512 tokens. */
  public static PretrainRecipe base() {
    PretrainConfig learning =
        PretrainConfig.defaults().withSchedule(2e-4, 10_000, 766_000).withBatch(256, 256);
    return new PretrainRecipe(ElectraConfig.base(), learning, 512);
  }

  /** ELECTRA-Large: 400,000 updates of 2,048 examples of 512 tokens, 25 % of them masked. */
  public static PretrainRecipe large() {
    PretrainConfig learning =
        PretrainConfig.defaults()
            .withObjective(
                PretrainObjective.of(PretrainObjective.Kind.ELECTRA).withMaskProbability(0.25))
            .withSchedule(2e-4, 10_000, 400_000)
            .withBatch(2048, 2048);
    return new PretrainRecipe(ElectraConfig.large(), learning, 512);
  }

  /** The preset of that name: small, base or large. */
  public static Optional<PretrainRecipe> named(String name) {
    return switch (name) {
      case "small" -> Optional.of(small());
      case "base" -> Optional.of(base());
      case "large" -> Optional.of(large());
      default -> Optional.empty();
    };
  }

  /** The same recipe with other networks. */
  public PretrainRecipe withModel(ElectraConfig other) {
    return new PretrainRecipe(other, learning, maxSeqLength);
  }

  /** The same recipe with other choices of learning. */
  public PretrainRecipe withLearning(PretrainConfig other) {
    return new PretrainRecipe(model, other, maxSeqLength);
  }

  /** The same recipe with sequences of another length. */
  public PretrainRecipe withMaxSeqLength(int tokens) {
    return new PretrainRecipe(model, learning, tokens);
  }

  /**
   * The recipe for another objective: the networks that it does not train are left out, those that
   * it needs are added. A generator keeps its size; a new one is a quarter as wide as the encoder.
   */
  public PretrainRecipe withObjective(PretrainObjective other) {
    ElectraConfig bare = model.withVocabularyHead(other.kind().vocabularyHead());
    ElectraConfig fitting =
        switch (other.kind()) {
          case MLM ->
              bare.withDiscriminatorHead(false)
                  .withGenerator(GeneratorConfig.shared(model.encoder()));
          case ELECTRIC -> bare.withDiscriminatorHead(true).withGenerator(towers());
          case ELECTRA, ELECTRA_MASKED_ONLY -> ofItsOwn(bare.withDiscriminatorHead(true));
          case REPLACE_MLM, ALL_TOKENS_MLM -> ofItsOwn(bare.withDiscriminatorHead(false));
        };
    return new PretrainRecipe(fitting, learning.withObjective(other), maxSeqLength);
  }

  /** Electric's towers, each of the size of the generator that there is. */
  private GeneratorConfig towers() {
    return model
        .generator()
        .filter(generator -> generator.kind() != GeneratorConfig.Kind.SHARED)
        .map(
            generator ->
                new GeneratorConfig(
                    GeneratorConfig.Kind.TWO_TOWER,
                    generator.encoder(),
                    generator.untiedEmbeddings()))
        .orElseGet(() -> GeneratorConfig.twoTower(model.encoder(), NEW_GENERATOR, 1));
  }

  /** With a generator of its own in place of what another objective needed; none stays none. */
  private ElectraConfig ofItsOwn(ElectraConfig config) {
    return switch (learning.objective().kind()) {
      case MLM -> config.withGenerator(GeneratorConfig.of(config.encoder(), NEW_GENERATOR, 1));
      case ELECTRIC -> {
        GeneratorConfig towers = config.generator().orElseThrow();
        yield config.withGenerator(
            new GeneratorConfig(
                GeneratorConfig.Kind.SEPARATE, towers.encoder(), towers.untiedEmbeddings()));
      }
      default -> config;
    };
  }

  /**
   * The same recipe with gradient-disentangled embedding sharing.
   *
   * @throws IllegalArgumentException if the generator is not a network of its own
   */
  public PretrainRecipe withDisentangledEmbeddings() {
    GeneratorConfig generator =
        model
            .generator()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no generator to disentangle the embeddings from"));
    return withModel(model.withGenerator(generator.withDisentangledEmbeddings(true)));
  }

  /** A line for every value that is not as in {@code other}, {@code name: this (that)}. */
  public List<String> differencesFrom(PretrainRecipe other) {
    Map<String, Object> mine = values();
    Map<String, Object> theirs = other.values();
    List<String> lines = new ArrayList<>();
    mine.forEach(
        (name, value) -> {
          Object before = theirs.getOrDefault(name, "none");
          if (!value.equals(before)) {
            lines.add("%s: %s (%s)".formatted(name, value, before));
          }
        });
    theirs.forEach(
        (name, value) -> {
          if (!mine.containsKey(name)) {
            lines.add("%s: none (%s)".formatted(name, value));
          }
        });
    return lines;
  }

  /** Every number and switch by its path, e.g. {@code model.encoder.hiddenSize}. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    flatten("", this, values);
    return values;
  }

  private static void flatten(String path, Object value, Map<String, Object> into) {
    Object bare = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (bare == null) {
      return;
    }
    if (!(bare instanceof Record part)) {
      into.put(path, bare);
      return;
    }
    for (RecordComponent component : part.getClass().getRecordComponents()) {
      String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
      flatten(name, read(component, part), into);
    }
  }

  private static Object read(RecordComponent component, Record part) {
    try {
      return component.getAccessor().invoke(part);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("The accessors of a public record can be called", e);
    }
  }
}
