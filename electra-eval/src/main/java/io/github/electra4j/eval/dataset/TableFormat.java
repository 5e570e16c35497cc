package io.github.electra4j.eval.dataset;

import java.nio.file.Path;
import java.util.Locale;

/** The formats of somebody's own data. */
public enum TableFormat {
  /** RFC 4180: comma-separated, cells with commas, quotes or line breaks in double quotes. */
  CSV(".csv"),
  /** Tab-separated; quotes mean nothing. */
  TSV(".tsv"),
  /** A JSON object per line. */
  JSONL(".jsonl");

  private final String ending;

  TableFormat(String ending) {
    this.ending = ending;
  }

  /**
   * The format that the name of a file, without {@code .gz}, ends in; {@code .txt} is TSV, {@code
   * .ndjson} is JSONL.
   *
   * @throws IllegalArgumentException naming the known endings, if it is none of them
   */
  public static TableFormat of(Path file) {
    String name = DataFile.unpackedName(file).toLowerCase(Locale.ROOT);
    for (TableFormat format : values()) {
      if (name.endsWith(format.ending)) {
        return format;
      }
    }
    if (name.endsWith(".txt")) {
      return TSV;
    }
    if (name.endsWith(".ndjson")) {
      return JSONL;
    }
    throw new IllegalArgumentException(
        "The format of %s is not known from its name; use one that ends in .csv, .tsv or .jsonl."
            .formatted(file));
  }
}
