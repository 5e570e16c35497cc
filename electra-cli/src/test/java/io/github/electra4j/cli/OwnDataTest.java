package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDataTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void prepare() throws IOException {
    model = DemoFiles.model(folder);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private String csv(int count, long seed) {
    StringBuilder text = new StringBuilder("review,mood,stars\n");
    for (TextExample each : DemoReviews.examples(count, seed)) {
      text.append('"').append(each.textA()).append("\",");
      text.append(each.label().equals("1") ? "glad,4.5\n" : "sad,1\n");
    }
    return text.toString();
  }

  private Run finetune(Path train, Path dev, Object... more) {
    List<Object> args = new ArrayList<>(List.of("finetune", model, "--train", train, "--dev", dev));
    args.addAll(List.of("--output", folder.resolve("run"), "--epochs", 1, "--json"));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  @Test
  void classesAreInferredStoredAndPredicted() throws IOException {
    Path train = file("train.csv", csv(40, 1));
    Path dev = file("dev.csv", csv(12, 2));
    JsonNode report =
        finetune(train, dev, "--text-column", "review", "--label-column", "mood").exits(0).json();
    assertTrue(report.get("metrics").has("f1"), report.toString());
    assertEquals("review", report.at("/config/text-column").textValue());
    Path run = folder.resolve("run");
    assertEquals(
        List.of(new TaskHead.Classification("own", List.of("glad", "sad"))),
        Checkpoint.read(run.resolve("model")).heads());
    JsonNode again = Run.of("evaluate", run, "--test", dev, "--json").exits(0).json();
    assertEquals(report.get("metrics"), again.get("metrics"));
    Run predicted = Run.of("predict", run, "--test", dev).exits(0);
    assertEquals(12, predicted.lines().size());
    assertTrue(predicted.out().matches("((sad|glad)\t[01]\\.\\d{4}\n){12}"), predicted.out());
    Run.of("predict", run, "--test", dev, "--text-column", "title")
        .refuses(3, "dev.csv, line 2", "no column \"title\"; there are [review, mood, stars]");
  }

  @Test
  void scoresHaveTheRangeOfTheData() throws IOException {
    Path train = file("train.csv", csv(40, 1));
    Object[] columns = {"--text-column", "review", "--label-column", "stars", "--task", "stars"};
    finetune(train, train, columns).refuses(3, "such as [1, 4.5]", "--regression").err();
  }

  @Test
  void regressionIsOnRequest() throws IOException {
    Path train = file("train.csv", csv(40, 1));
    JsonNode report =
        finetune(train, train, "--text-column", "review", "--label-column", "stars", "--regression")
            .exits(0)
            .json();
    assertTrue(report.get("metrics").has("spearman"), report.toString());
    assertEquals(
        List.of(new TaskHead.Regression("own", 0, 4.5)),
        Checkpoint.read(folder.resolve("run/model")).heads());
    file("bad.csv", "review,stars\na,many\n");
    file("below.csv", "review,stars\na,-1\n");
    Object[] more = {
      "--text-column", "review", "--label-column", "stars", "--regression", "--overwrite"
    };
    finetune(folder.resolve("bad.csv"), train, more).refuses(3, "bad.csv", "\"many\"");
    finetune(folder.resolve("below.csv"), train, more).refuses(3, "below.csv", "-1");
  }

  @Test
  void pairsAndJsonLinesAreReadToo() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    StringBuilder lines = new StringBuilder();
    for (TextExample each : DemoReviews.examples(16, 3)) {
      lines.append(
          mapper
              .createObjectNode()
              .put("q", each.textA())
              .put("a", "the film.")
              .put("label", Integer.parseInt(each.label())));
      lines.append('\n');
    }
    Path train = file("train.jsonl", lines.toString());
    finetune(train, train, "--text-column", "q", "--pair-column", "a").exits(0);
    Run run = Run.of("predict", folder.resolve("run"), "--test", train, "--json").exits(0);
    assertEquals(16, run.lines().size());
  }

  @Test
  void imbalanceIsReported() throws IOException {
    Path train = file("train.tsv", "text\tlabel\n" + "a b\tyes\n".repeat(9) + "c d\tno\n");
    Run run = finetune(train, train).exits(0);
    assertTrue(
        run.err().contains("yes 9 (90.0 %), no 1 (10.0 %). The classes are imbalanced"), run.err());
  }

  @Test
  void badFilesAreNamedByLineAndLeaveNothing() throws IOException {
    Path good = file("good.csv", "text,label\na,x\nb,y\n");
    Map<String, String[]> bad =
        Map.of(
            "short.csv", new String[] {"text,label\na,x\nb\n", "line 3", "1 cell(s)"},
            "open.csv", new String[] {"text,label\n\"a,x\nb,y\n", "line 2", "not CSV"},
            "twice.csv", new String[] {"text,text\na,x\n", "line 1", "\"text\""},
            "none.csv", new String[] {"text,label\n", "no row in it"},
            "empty.csv", new String[] {"", "it is empty"},
            "blank.csv", new String[] {"text,label\n ,x\n", "line 2", "\"text\" is empty"},
            "unlabelled.csv", new String[] {"text,label\na,\n", "line 2", "\"label\" is empty"},
            "one.csv", new String[] {"text,label\na,x\nb,x\n", "wanted 2 to 1000 classes"},
            "broken.jsonl", new String[] {"{\"text\": \n", "line 1", "not JSON"},
            "data.xlsx", new String[] {"PK", ".csv, .tsv or .jsonl"});
    for (Map.Entry<String, String[]> each : bad.entrySet()) {
      Path file = file(each.getKey(), each.getValue()[0]);
      Map<String, String> before = DemoFiles.snapshot(folder);
      Run run = finetune(file, good);
      run.refuses(3, each.getKey());
      for (int i = 1; i < each.getValue().length; i++) {
        run.refuses(3, each.getValue()[i]);
      }
      assertEquals(before, DemoFiles.snapshot(folder));
    }
    Path unseen = file("unseen.csv", "text,label\na,z\n");
    finetune(good, unseen).refuses(3, "unseen.csv", "line 2", "\"z\"", "training data");
    Files.write(folder.resolve("latin.csv"), new byte[] {'t', 'e', 'x', 't', '\n', (byte) 0xff});
    finetune(folder.resolve("latin.csv"), good).refuses(3, "latin.csv", "line 2", "UTF-8");
    finetune(folder.resolve("nowhere.csv"), good).refuses(3, "nowhere.csv does not exist");
  }

  @Test
  void contradictionsAreWrongUsage() throws IOException {
    Path file = file("good.csv", "text,label\na,x\nb,y\n");
    Path run = folder.resolve("run");
    Run.of("finetune", model, "--train", file, "--output", run).refuses(2, "--train and --dev");
    finetune(file, file, "--data", folder).refuses(2, "--task and --data");
    finetune(file, file, "--tasks", "a,b").refuses(2, "one name");
    Run.of("finetune", model, "--task", "sst", "--data", folder, "--output", run, "--regression")
        .refuses(2, "--regression");
  }

  @Test
  void aVeryLongTextIsCutToWhatTheModelReads() throws IOException {
    Path file = file("long.csv", "text,label\n" + "word ".repeat(20_000) + ",x\nb,y\n");
    finetune(file, file).exits(0);
  }
}
