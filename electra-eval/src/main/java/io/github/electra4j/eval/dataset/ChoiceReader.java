package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.RankingExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads multiple-choice questions from CSV, TSV or JSON lines. Example: {@code ChoiceReader.read(
 * Path.of("val.csv"), ChoiceLayout.swag(), true)}.
 */
public final class ChoiceReader {
  private ChoiceReader() {}

  /**
   * All questions of a file.
   *
   * @param labelled whether the file says which candidate is right; if not, the first stands for it
   * @throws java.io.FileNotFoundException if the file is not there
   * @throws MalformedFileException naming file and line, if a column is missing, a candidate is
   *     empty, or the label is none of their numbers
   */
  public static List<RankingExample> read(Path file, ChoiceLayout layout, boolean labelled)
      throws IOException {
    List<RankingExample> examples = new ArrayList<>();
    try (TableReader rows = TableReader.open(file, TableFormat.of(file))) {
      for (Map<String, String> row = rows.next(); row != null; row = rows.next()) {
        List<String> text = new ArrayList<>();
        for (String column : layout.text()) {
          text.add(rows.cell(row, column).strip());
        }
        text.removeIf(String::isEmpty); // SWAG's second sentence may be
        if (text.isEmpty()) {
          throw rows.malformed("the columns %s are empty. Fill one.".formatted(layout.text()));
        }
        List<String> candidates = candidates(rows, row, layout);
        int right = labelled ? right(rows, row, layout) : 0;
        examples.add(
            new RankingExample(examples.size(), String.join(" ", text), candidates, right));
      }
    }
    return examples;
  }

  private static List<String> candidates(
      TableReader rows, Map<String, String> row, ChoiceLayout layout)
      throws MalformedFileException {
    List<String> candidates = new ArrayList<>();
    for (String column : layout.candidates()) {
      String candidate = rows.cell(row, column);
      if (candidate.isBlank()) {
        throw rows.malformed(
            "the candidate in column \"%s\" is empty. Fill it, or remove the row."
                .formatted(column));
      }
      candidates.add(candidate);
    }
    return candidates;
  }

  private static int right(TableReader rows, Map<String, String> row, ChoiceLayout layout)
      throws MalformedFileException {
    String label = rows.cell(row, layout.label()).strip();
    for (int i = 0; i < layout.candidates().size(); i++) {
      if (label.equals(Integer.toString(layout.first() + i))) {
        return i;
      }
    }
    throw rows.malformed(
        "the label is \"%s\", wanted a number from %d to %d. Correct it."
            .formatted(
                Quoted.shortened(label),
                layout.first(),
                layout.first() + layout.candidates().size() - 1));
  }
}
