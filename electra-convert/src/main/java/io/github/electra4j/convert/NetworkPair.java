package io.github.electra4j.convert;

import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A discriminator and a generator of HuggingFace's, each with tables of its own, as one model: the
 * tables must be the same unless the generator has none of the discriminator's at all.
 */
final class NetworkPair {
  private static final String EMBEDDINGS = "electra/embeddings/";
  private static final String PROJECTION = "electra/embeddings_project/";
  private static final String ENCODER = "electra/encoder/";

  /** How the generator's weights relate to the discriminator's. */
  enum Sharing {
    /** The tables are the same. */
    TABLES,
    /** Nothing is the same. */
    NOTHING,
    /** Tables and encoder are the same: one network has both roles. */
    EVERYTHING
  }

  private final NetworkTensors discriminator;
  private final NetworkTensors generator;
  private final Sharing sharing;

  private NetworkPair(NetworkTensors discriminator, NetworkTensors generator, Sharing sharing) {
    this.discriminator = discriminator;
    this.generator = generator;
    this.sharing = sharing;
  }

  /**
   * Compares two networks.
   *
   * @throws MalformedFileException if they do not belong together, listing the tables that differ
   */
  static NetworkPair of(NetworkTensors discriminator, NetworkTensors generator) throws IOException {
    if (discriminator.isGenerator() || !generator.isGenerator()) {
      throw MalformedFileException.in(
          discriminator.files().folder().getParent(),
          "the folder discriminator must hold a network without, the folder generator one with generator_predictions. Exchange or rename the folders.");
    }
    List<String> differing = differing(discriminator, generator, EMBEDDINGS);
    Sharing sharing = Sharing.TABLES;
    if (!differing.isEmpty()) {
      boolean projected = generator.names().stream().anyMatch(name -> name.startsWith(PROJECTION));
      if (projected) {
        throw MalformedFileException.saying(
            generator.name(),
            "%s does not belong to %s: they share their embeddings, but these differ:\n  %s\nGive the generator that was trained with this discriminator, or convert the folders one by one."
                .formatted(generator.name(), discriminator.name(), String.join("\n  ", differing)));
      }
      sharing = Sharing.NOTHING;
    } else if (differing(discriminator, generator, ENCODER).isEmpty()
        && differing(discriminator, generator, PROJECTION).isEmpty()) {
      sharing = Sharing.EVERYTHING;
    }
    return new NetworkPair(discriminator, generator, sharing);
  }

  /** The weights below a scope that are not the same in both, to the last bit. */
  private static List<String> differing(
      NetworkTensors discriminator, NetworkTensors generator, String scope) throws IOException {
    Map<String, long[]> left = below(scope, discriminator);
    Map<String, long[]> right = below(scope, generator);
    List<String> differing = new ArrayList<>();
    for (Map.Entry<String, long[]> each : right.entrySet()) {
      long[] shape = left.get(each.getKey());
      if (shape == null || !Arrays.equals(shape, each.getValue())) {
        differing.add(
            "%s %s, the discriminator has %s"
                .formatted(
                    each.getKey(),
                    Arrays.toString(each.getValue()),
                    shape == null ? "none" : Arrays.toString(shape)));
      } else if (!scope.equals(ENCODER) || differing.isEmpty()) {
        INDArray one = discriminator.read(each.getKey());
        INDArray other = generator.read(each.getKey());
        boolean same = TensorMemory.same(one, other);
        OwnArrays.free(one);
        OwnArrays.free(other);
        if (!same) {
          differing.add("%s %s".formatted(each.getKey(), Arrays.toString(shape)));
        }
      }
    }
    left.keySet().stream()
        .filter(name -> !right.containsKey(name))
        .forEach(name -> differing.add(name + ", the generator has none"));
    return differing;
  }

  private static Map<String, long[]> below(String scope, NetworkTensors network) {
    Map<String, long[]> shapes = network.shapes();
    shapes.keySet().removeIf(name -> !name.startsWith(scope));
    return shapes;
  }

  Sharing sharing() {
    return sharing;
  }

  /** The names that the generator's weights have in the model, by their own. */
  Map<String, String> generatorNames() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : generator.names()) {
      names.put(name, together(name, sharing));
    }
    return names;
  }

  /** The architecture of both, from their configurations. */
  ElectraConfig config() {
    ElectraConfig config = discriminator.config().config();
    GeneratorConfig kind =
        switch (sharing) {
          case EVERYTHING -> GeneratorConfig.shared(config.encoder());
          case TABLES, NOTHING ->
              new GeneratorConfig(
                  Kind.SEPARATE, generator.config().config().encoder(), sharing == Sharing.NOTHING);
        };
    return config.withGenerator(kind);
  }

  /** What a lone generator's weight is called beside a discriminator. */
  static String together(String name, Sharing sharing) {
    boolean own =
        name.startsWith(PROJECTION)
            || name.startsWith(ENCODER)
            || (name.startsWith(EMBEDDINGS) && sharing == Sharing.NOTHING);
    return own && sharing != Sharing.EVERYTHING
        ? "generator/" + name.substring("electra/".length())
        : name;
  }
}
