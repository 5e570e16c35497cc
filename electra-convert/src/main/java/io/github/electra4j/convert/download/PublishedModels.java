package io.github.electra4j.convert.download;

import io.github.electra4j.model.json.NearestName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models of the paper's authors: their three archives of TensorFlow checkpoints, and the six
 * repositories on HuggingFace's hub. Nobody publishes checksums beside them; what the servers say
 * of their files in the headers of a response is checked instead.
 */
public final class PublishedModels {
  private static final String ARCHIVES = "https://storage.googleapis.com/electra-data/";
  private static final String HUB = "https://huggingface.co/google/";
  private static final List<String> HUB_FILES =
      List.of("config.json", "vocab.txt", "tokenizer_config.json", "pytorch_model.bin");
  private static final int FLOAT = 4;

  private static final Map<String, PublishedModel> ALL = all();

  private PublishedModels() {}

  /** The models by name, archives first. */
  public static List<PublishedModel> list() {
    return List.copyOf(ALL.values());
  }

  /**
   * A model by its name: {@code electra_small}, {@code electra-small-discriminator}, {@code
   * google/electra-small-discriminator}; {@code small} alone is the archive.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest
   */
  public static PublishedModel named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No published model is called \"%s\"; the nearest name is %s, and --list shows all"
                        .formatted(name, NearestName.of(bare(name), ALL.keySet()).orElse("none"))));
  }

  /** As {@link #named}, empty if there is none. */
  public static Optional<PublishedModel> find(String name) {
    String bare = bare(name);
    return Stream.of(bare, "electra_" + bare, "electra-" + bare)
        .map(ALL::get)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static String bare(String name) {
    return name.replaceFirst("^google/", "").replaceFirst("\\.zip$", "");
  }

  private static Map<String, PublishedModel> all() {
    Map<String, PublishedModel> all = new LinkedHashMap<>();
    for (PublishedModel model :
        List.of(
            archive("small", 23_122_875L),
            archive("base", 119_386_427L),
            archive("large", 354_655_291L),
            repository("small", "discriminator", 13_549_057L),
            repository("small", "generator", 13_546_682L),
            repository("base", "discriminator", 109_483_009L),
            repository("base", "generator", 33_740_598L),
            repository("large", "discriminator", 335_142_913L),
            repository("large", "generator", 51_295_290L))) {
      all.put(model.name(), model);
    }
    return Collections.unmodifiableMap(all);
  }

  private static PublishedModel archive(String size, long parameters) {
    String name = "electra_" + size;
    String file = name + ".zip";
    return new PublishedModel(
        name,
        "%s, discriminator and generator, TensorFlow checkpoint of the authors".formatted(size),
        FLOAT * parameters,
        List.of(new PublishedFile(file, URI.create(ARCHIVES + file), Optional.empty())));
  }

  private static PublishedModel repository(String size, String role, long parameters) {
    String name = "electra-%s-%s".formatted(size, role);
    List<PublishedFile> files = new ArrayList<>();
    for (String file : HUB_FILES) {
      URI address = URI.create(HUB + name + "/resolve/main/" + file);
      files.add(new PublishedFile(file, address, Optional.empty()));
    }
    return new PublishedModel(
        name, "%s, %s, folder of HuggingFace's".formatted(size, role), FLOAT * parameters, files);
  }
}
