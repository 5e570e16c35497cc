package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.train.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossLogTest {
  private static final String HEADER =
      "step,loss_per_example,learning_rate,gradient_norm,examples,tokens,examples_per_second";

  @TempDir Path folder;

  private Path log(long first, long... steps) throws IOException {
    Path file = folder.resolve("log.csv");
    try (LossLog log = LossLog.open(file, first)) {
      for (long step : steps) {
        log.add(new StepReport(step, 9, 1.0 / step, 8, 80, 1e-4f, 2.5), 100);
      }
    }
    return file;
  }

  private static List<String> steps(Path file) throws IOException {
    List<String> rows = Files.readAllLines(file);
    assertEquals(HEADER, rows.get(0));
    return rows.stream().skip(1).map(row -> row.substring(0, row.indexOf(','))).toList();
  }

  @Test
  void everyStepIsARow() throws IOException {
    List<String> rows = Files.readAllLines(log(0, 1, 2));
    assertEquals(
        List.of(
            HEADER,
            "1,0.125000,0.000100000,2.50000,8,80,100.0",
            "2,0.0625000,0.000100000,2.50000,8,80,100.0"),
        rows);
  }

  @Test
  void aResumedRunDropsRowsThatItWillMakeAgain() throws IOException {
    log(0, 1, 2, 3, 4);
    assertEquals(List.of("1", "2", "3"), steps(log(2, 3)));
  }

  @Test
  void aRowThatWasCutOffIsDropped() throws IOException {
    Path file = log(0, 1, 2);
    Files.writeString(file, Files.readString(file) + "3,0.25");
    assertEquals(List.of("1", "2", "4"), steps(log(3, 4)));
  }

  @Test
  void anOlderRunIsForgotten() throws IOException {
    log(0, 1, 2, 3);
    assertEquals(List.of("1"), steps(log(0, 1)));
  }
}
