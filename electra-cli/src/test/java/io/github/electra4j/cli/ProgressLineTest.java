package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long now = 5 * SECOND;

  private ProgressLine line(int columns, long first, long total) {
    Console console = TestConsole.of(OutputStream.nullOutputStream(), err, columns, false);
    return new ProgressLine(console, "work", first, total, () -> now);
  }

  private List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineAppearsEveryTenSecondsWithTheTimeThatIsLeft() {
    ProgressLine line = line(0, 0, 100);
    for (int done = 1; done <= 25; done++) {
      now += SECOND;
      line.at(done, "loss 1");
    }
    assertEquals(
        List.of("work 10/100 10% ETA 1:30  loss 1", "work 20/100 20% ETA 1:20  loss 1"), lines());
  }

  @Test
  void timeLeftCountsOnlyWhatWasDoneNow() {
    ProgressLine line = line(0, 50, 100);
    now += 10 * SECOND;
    line.at(60, "");
    assertEquals(List.of("work 60/100 60% ETA 0:40"), lines());
  }

  @Test
  void aTerminalIsToldFiveTimesASecond() {
    ProgressLine line = line(80, 0, 10);
    now += SECOND / 10;
    line.at(1, "");
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    now += SECOND / 10;
    line.at(2, "");
    assertEquals("\rwork 2/10 20% ETA 0:00", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void timesHaveMinutesAndHours() {
    assertEquals("0:05", ProgressLine.time(5));
    assertEquals("1:05", ProgressLine.time(65));
    assertEquals("1:00:00", ProgressLine.time(3600));
    assertEquals("26:00:01", ProgressLine.time(26 * 3600 + 1));
  }
}
