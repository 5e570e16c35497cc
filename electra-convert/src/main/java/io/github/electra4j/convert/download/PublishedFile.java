package io.github.electra4j.convert.download;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * One file of a published model.
 *
 * @param name its plain name, e.g. {@code vocab.txt}
 * @param address where it is published
 * @param sha256 its checksum in 64 lower-case hexadecimal digits, where it is known in advance
 */
public record PublishedFile(String name, URI address, Optional<String> sha256) {
  /** Checks the name and the checksum. */
  public PublishedFile {
    Objects.requireNonNull(address, "address");
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException("\"%s\" is not the plain name of a file".formatted(name));
    }
    sha256.ifPresent(
        digits -> {
          if (!digits.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                "The SHA-256 of %s is \"%s\"; write 64 lower-case hexadecimal digits"
                    .formatted(name, digits));
          }
        });
  }

  /** The same file at another server, with the same path there. */
  PublishedFile at(URI server) {
    String base = server.toString().replaceFirst("/+$", "");
    return new PublishedFile(name, URI.create(base + address.getRawPath()), sha256);
  }
}
