package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The text file {@code checkpoint} of a model folder, which names the latest bundle.
 *
 * @param latest prefix of the latest bundle, relative to the folder or absolute
 * @param all prefixes of all bundles kept, oldest first
 */
public record CheckpointState(String latest, List<String> all) {
  /** Name of the file. */
  public static final String FILE_NAME = "checkpoint";

  private static final int MAX_FILE_SIZE = 1 << 20;
  private static final String LATEST = "model_checkpoint_path";
  private static final String ALL = "all_model_checkpoint_paths";

  /** Copies the list. */
  public CheckpointState {
    Objects.requireNonNull(latest, "latest");
    all = List.copyOf(all);
  }

  /** A state whose latest bundle is its only one. */
  public static CheckpointState ofLatest(String prefix) {
    return new CheckpointState(prefix, List.of(prefix));
  }

  /**
   * Reads {@code folder/checkpoint}.
   *
   * @throws MalformedFileException if it names no latest bundle or breaks the text format
   */
  public static CheckpointState read(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    if (Files.size(file) > MAX_FILE_SIZE) {
      throw MalformedFileException.at(
          file,
          0,
          "a checkpoint state of more than %d bytes is not plausible".formatted(MAX_FILE_SIZE));
    }
    String latest = null;
    List<String> all = new ArrayList<>();
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? line.strip() : line.substring(0, colon).strip();
      if (key.equals(LATEST)) {
        latest = unquote(file, start, line.substring(colon + 1).strip());
      } else if (key.equals(ALL)) {
        all.add(unquote(file, start, line.substring(colon + 1).strip()));
      }
      start += line.length() + 1;
    }
    if (latest == null || latest.isEmpty()) {
      throw MalformedFileException.at(
          file,
          0,
          "it has no line %s: \"PREFIX\", which names the latest bundle".formatted(LATEST));
    }
    return new CheckpointState(latest, all);
  }

  /** Writes {@code folder/checkpoint} at once: readers see the old state or the new one. */
  public void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(LATEST).append(": \"").append(escape(latest)).append("\"\n");
    for (String prefix : all) {
      text.append(ALL).append(": \"").append(escape(prefix)).append("\"\n");
    }
    Path temporary = folder.resolve(FILE_NAME + ".tmp");
    BundleWriter.writeForced(temporary, text.toString().getBytes(StandardCharsets.US_ASCII));
    BundleWriter.replace(temporary, folder.resolve(FILE_NAME));
  }

  /**
   * The prefix of the latest bundle: its last name beside the state file, because folders get
   * moved, else the path as it was written.
   *
   * @param folder the folder whose state this is
   * @param within a folder that the result must not leave; {@code null} for none
   * @throws FileNotFoundException if neither place has such a bundle
   * @throws MalformedFileException if what is named cannot be a path
   */
  public Path resolveLatest(Path folder, Path within) throws IOException {
    String name = latest.substring(Math.max(latest.lastIndexOf('/'), latest.lastIndexOf('\\')) + 1);
    Path beside = place(folder, name);
    if (!name.isEmpty() && Files.isRegularFile(BundleIndex.indexFile(beside))) {
      return beside;
    }
    Path written = place(folder, latest).normalize();
    boolean allowed = within == null || written.startsWith(within.normalize());
    if (allowed
        && written.getFileName() != null
        && Files.isRegularFile(BundleIndex.indexFile(written))) {
      return written;
    }
    throw new FileNotFoundException(
        "%s names the bundle \"%s\", but there is no %s. Restore the bundle, or name another one."
            .formatted(folder.resolve(FILE_NAME), latest, BundleIndex.indexFile(beside)));
  }

  private static Path place(Path folder, String prefix) throws MalformedFileException {
    try {
      return folder.resolve(prefix);
    } catch (InvalidPathException e) {
      throw MalformedFileException.at(
          folder.resolve(FILE_NAME),
          0,
          "the latest bundle is called \"%s\", which cannot be the name of a file (%s). Correct the name."
              .formatted(prefix, e.getReason()),
          e);
    }
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each == '"' || each == '\\' || each == '\'') {
        out.append('\\').append((char) each);
      } else if (each >= ' ' && each < 0x7f) {
        out.append((char) each);
      } else {
        out.append("\\%03o".formatted(each & 0xff));
      }
    }
    return out.toString();
  }

  private static String unquote(Path file, int offset, String quoted)
      throws MalformedFileException {
    int end = quoted.length() - 1;
    boolean quotes =
        end > 0
            && (quoted.charAt(0) == '"' || quoted.charAt(0) == '\'')
            && quoted.charAt(end) == quoted.charAt(0);
    if (!quotes) {
      throw MalformedFileException.at(file, offset, "the value %s is not quoted".formatted(quoted));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 1;
    while (at < end) {
      char each = quoted.charAt(at++);
      if (each != '\\') {
        out.write(each);
      } else if (at < end && quoted.charAt(at) >= '0' && quoted.charAt(at) <= '7') {
        int value = 0;
        for (int digits = 0;
            digits < 3 && at < end && quoted.charAt(at) >= '0' && quoted.charAt(at) <= '7';
            digits++) {
          value = 8 * value + quoted.charAt(at++) - '0';
        }
        out.write(value);
      } else if (at < end) {
        out.write(unescaped(quoted.charAt(at++)));
      } else {
        throw MalformedFileException.at(
            file, offset, "the value %s ends in a backslash".formatted(quoted));
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
