package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads somebody's own texts: CSV, TSV or JSON lines with named columns.
 *
 * <pre>{@code
 * TextColumns columns = TextColumns.of("review", "stars");
 * List<TextExample> train = OwnTexts.read(Path.of("train.csv"), columns);
 * ClassTarget target = LabelInference.classes(train);
 * List<TextExample> dev = OwnTexts.read(Path.of("dev.csv"), columns, target);
 * }</pre>
 */
public final class OwnTexts {
  private OwnTexts() {}

  /**
   * All texts of a file, with any labels. An example's id is its row, from 0.
   *
   * @throws java.io.FileNotFoundException if the file is not there
   * @throws MalformedFileException naming file and line, if a column is missing, or a label or the
   *     text is empty; of a pair, one may be
   */
  public static List<TextExample> read(Path file, TextColumns columns) throws IOException {
    return read(file, columns, Integer.MAX_VALUE);
  }

  /**
   * As {@link #read(Path, TextColumns)}, the first texts only.
   *
   * @param most how many, at least 1; what follows them is not looked at
   */
  public static List<TextExample> read(Path file, TextColumns columns, int most)
      throws IOException {
    return read(file, columns, Optional.empty(), most);
  }

  /**
   * As {@link #read(Path, TextColumns)}, requiring labels that are known.
   *
   * @param target the labels that occurred in training
   * @throws MalformedFileException also if a label is none of these
   */
  public static List<TextExample> read(Path file, TextColumns columns, Target target)
      throws IOException {
    return read(file, columns, target, Integer.MAX_VALUE);
  }

  /**
   * As {@link #read(Path, TextColumns, Target)}, the first texts only.
   *
   * @param most how many, at least 1; what follows them is not looked at
   */
  public static List<TextExample> read(Path file, TextColumns columns, Target target, int most)
      throws IOException {
    return read(file, columns, Optional.of(target), most);
  }

  private static List<TextExample> read(
      Path file, TextColumns columns, Optional<Target> target, int most) throws IOException {
    List<TextExample> examples = new ArrayList<>();
    try (TableReader rows = TableReader.open(file, TableFormat.of(file))) {
      Map<String, String> row = rows.next();
      while (row != null && examples.size() < most) {
        examples.add(example(rows, row, columns, target, examples.size()));
        row = examples.size() < most ? rows.next() : null;
      }
    }
    return examples;
  }

  private static TextExample example(
      TableReader rows,
      Map<String, String> row,
      TextColumns columns,
      Optional<Target> target,
      int id)
      throws MalformedFileException {
    String pair = columns.pair().isPresent() ? rows.cell(row, columns.pair().get()) : "";
    String text =
        pair.isBlank() ? filled(rows, row, columns.text()) : rows.cell(row, columns.text());
    String label = target.map(Target::placeholder).orElse("");
    if (columns.label().isPresent()) {
      label = filled(rows, row, columns.label().get());
      Optional<String> fault = target.isEmpty() ? Optional.empty() : target.get().fault(label);
      if (fault.isPresent()) {
        throw rows.malformed(
            "%s. Correct the row; every label must occur in the training data."
                .formatted(fault.get()));
      }
    }
    return new TextExample(id, text, pair, label);
  }

  private static String filled(TableReader rows, Map<String, String> row, String column)
      throws MalformedFileException {
    String cell = rows.cell(row, column);
    if (cell.isBlank()) {
      throw rows.malformed(
          "the column \"%s\" is empty. Fill it, or remove the row.".formatted(column));
    }
    return cell;
  }
}
