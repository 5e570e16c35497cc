package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void fourEpochsJudgeMoreThanNineOfTenReviewsRight() throws IOException {
    Path output = folder.resolve("new/demo");
    Run run = Run.of("demo", "--output", output, "--epochs", 4).exits(ExitCode.OK);
    assertTrue(run.out().startsWith("| Task | Split | Metric"), run.out());
    assertEquals(4, run.lines().size());
    JsonNode report = Run.json(Files.readString(output.resolve("run/results.json")));
    double accuracy = report.at("/metrics/accuracy").doubleValue();
    assertTrue(accuracy > 90, () -> "accuracy " + accuracy);
    assertTrue(run.err().contains("the bread was not stale.                 praise"), run.err());
    assertTrue(run.err().contains("what a rude singer!                      blame"), run.err());
    assertTrue(run.err().endsWith("Everything is in " + output + "\n"), run.err());
    Run evaluation =
        Run.of("evaluate", output.resolve("run"), "--data", output.resolve("data"), "--json");
    assertEquals(report.get("metrics"), evaluation.exits(ExitCode.OK).json().get("metrics"));
  }

  @Test
  void anExistingFolderIsLeftAlone() throws IOException {
    var before = DemoFiles.snapshot(folder);
    Run.of("demo", "--output", folder).refuses(ExitCode.BAD_INPUT, "makes a new folder");
    Run.of("demo", "--output", folder.resolve("x"), "--epochs", 0)
        .refuses(ExitCode.USAGE, "--epochs is 0.0");
    assertEquals(before, DemoFiles.snapshot(folder));
  }

  @Test
  void reviewsToBeJudgedWereNotLearntByHeart() {
    Set<String> learnt = new HashSet<>();
    DemoReviews.examples(1600, 1).forEach(example -> learnt.add(example.textA()));
    List<TextExample> judged = DemoReviews.examples(400, 2);
    long seen = judged.stream().filter(example -> learnt.contains(example.textA())).count();
    assertTrue(seen < 0.6 * judged.size(), () -> seen + " of 400 were seen in training");
    assertFalse(learnt.contains("what a rude singer!"));
  }
}
