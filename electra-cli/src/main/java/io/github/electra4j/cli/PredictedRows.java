package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads predictions as {@code predict --data} prints them: a table of index and prediction. */
final class PredictedRows {
  private PredictedRows() {}

  /**
   * The predictions of a file by their index.
   *
   * @throws io.github.electra4j.model.storage.MalformedFileException when a column is missing or an
   *     index occurs twice
   */
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> answers = new HashMap<>();
    try (TableReader rows = OwnData.open(file)) {
      for (Map<String, String> row = rows.next(); row != null; row = rows.next()) {
        if (answers.put(rows.cell(row, "index"), rows.cell(row, "prediction")) != null) {
          throw rows.malformed("this index occurs twice. Remove one.");
        }
      }
    }
    return answers;
  }
}
