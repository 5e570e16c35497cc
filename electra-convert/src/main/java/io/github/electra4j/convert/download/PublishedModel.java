package io.github.electra4j.convert.download;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model that others have published.
 *
 * @param name what the user calls it, e.g. {@code electra_small}
 * @param description one line about it
 * @param approximateSize bytes of its weights, as their number implies; archives are a little
 *     smaller
 * @param files what is fetched: one archive, or the files of one folder
 */
public record PublishedModel(
    String name, String description, long approximateSize, List<PublishedFile> files) {
  /** Checks that there is something to fetch. */
  public PublishedModel {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("The model %s has no files".formatted(name));
    }
  }

  /** The archive, if the model is published as one. */
  public Optional<PublishedFile> archive() {
    return files.size() == 1 ? Optional.of(files.get(0)) : Optional.empty();
  }

  /**
   * The same model from a mirror.
   *
   * @param server scheme, host and optionally a path that comes before that of every file
   */
  public PublishedModel at(URI server) {
    return new PublishedModel(
        name, description, approximateSize, files.stream().map(file -> file.at(server)).toList());
  }

  /** The same model, whose only file must have this checksum. */
  public PublishedModel withSha256(String digits) {
    PublishedFile only =
        archive()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s consists of %d files; a checksum can be given for an archive only"
                            .formatted(name, files.size())));
    return new PublishedModel(
        name,
        description,
        approximateSize,
        List.of(new PublishedFile(only.name(), only.address(), Optional.of(digits))));
  }
}
