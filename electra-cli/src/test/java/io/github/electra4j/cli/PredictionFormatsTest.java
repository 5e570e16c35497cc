package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the files that {@code score} takes: accepted as stated, or refused by name. */
class PredictionFormatsTest {
  private static final String LONG = "\u00e9".repeat(100_000);

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Path latin(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Run score(String task, Path gold, Path predictions, Object... more) {
    List<Object> args = new ArrayList<>(List.of("score", task, "--gold", gold));
    args.addAll(List.of("--predictions", predictions, "--json"));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  private static void refused(Run run, Path file, String part) {
    run.refuses(ExitCode.BAD_INPUT, file.getFileName().toString(), part);
    assertTrue(run.err().strip().matches("(?s).*[.;] [A-Z].*\\."), () -> "remedy: " + run.err());
  }

  @Test
  void answersToQuestions() throws IOException {
    Path gold =
        file(
            "gold.json",
            "{\"data\":[{\"paragraphs\":[{\"context\":\"Rollo led.\",\"qas\":[{\"id\":\"1\","
                + "\"question\":\"Who?\",\"answers\":[{\"text\":\"Rollo\",\"answer_start\":0}]}]}]}]}");
    Path columns = file("columns.json", "{\"1\":{\"answer\":\"Rollo\"}}");
    refused(score("squad", gold, columns), columns, "line 1: the value of \"1\" is not a text");
    Path none = folder.resolve("none.json");
    refused(score("squad", gold, none), none, "does not exist");
    refused(score("squad", none, columns), none, "does not exist");
    Path twice = file("twice.json", "{\"1\":\"a\",\n\"1\":\"Rollo\"}");
    refused(score("squad", gold, twice), twice, "line 2: the id \"1\" occurs a second time");
    Path latin = latin("latin.json", "{\"1\":\"caf\u00e9\"}");
    refused(score("squad", gold, latin), latin, "line 1: this is not JSON in UTF-8");
    Path odds = file("odds.json", "{\"1\":\"much\"}");
    Path right = file("right.json", "{\"1\":\"Rollo\",\"7\":\"more\"}");
    refused(
        score("squad", gold, right, "--null-odds", odds),
        odds,
        "line 1: the value of \"1\" is not a number");
    Run extra = score("squad", gold, right).exits(ExitCode.OK);
    assertTrue(extra.err().contains("1 predictions belong to no question"), extra.err());
    Run empty = score("squad", gold, file("empty.json", "{\"1\":\"\"}")).exits(ExitCode.OK);
    assertTrue(empty.json().get("exact").intValue() == 0, empty.out());
    Run huge = score("squadv1", gold, file("long.json", "{\"1\":\"" + LONG + "\"}"));
    assertTrue(huge.exits(ExitCode.OK).json().get("f1").intValue() == 0, huge.out());
  }

  @Test
  void classesOfTexts() throws IOException {
    file("glue/SST-2/dev.tsv", "sentence\tlabel\nfine\t1\nbad\t0\n");
    Path glue = folder.resolve("glue");
    Path columns = file("columns.tsv", "id\tprediction\n0\t1\n1\t0\n");
    refused(score("sst", glue, columns), columns, "line 2: there is no column \"index\"");
    Path none = folder.resolve("none.tsv");
    refused(score("sst", glue, none), none, "does not exist");
    Path twice = file("twice.tsv", "index\tprediction\n0\t1\n0\t0\n");
    refused(score("sst", glue, twice), twice, "line 3: this index occurs twice");
    Path unseen = file("unseen.tsv", "index\tprediction\n0\t1\n1\t9\n");
    refused(score("sst", glue, unseen), unseen, "index 1: the label is \"9\"");
    Path empty = file("empty.tsv", "index\tprediction\n0\t1\n1\t\n");
    refused(score("sst", glue, empty), empty, "index 1: the label is \"\"");
    Path few = file("few.tsv", "index\tprediction\n0\t1\n");
    refused(score("sst", glue, few), few, "no prediction for index 1");
    Path huge = file("long.tsv", "index\tprediction\n0\t1\n1\t" + LONG + "\n");
    refused(score("sst", glue, huge), huge, "index 1: the label is");
    Path latin = latin("latin.tsv", "index\tprediction\n0\tcaf\u00e9\n");
    refused(score("sst", glue, latin), latin, "line 2: byte 5 of the line is not UTF-8");
  }

  @Test
  void labelsOfWords() throws IOException {
    Path gold = file("gold.txt", "a B-NP\n\nb O\n");
    Path columns = file("columns.txt", "a\n\nb O\n");
    refused(score("chunk", gold, columns), columns, "line 1: found 1 column(s)");
    Path none = folder.resolve("none.txt");
    refused(score("chunk", gold, none), none, "does not exist");
    Path fewer = file("fewer.txt", "a B-NP\n");
    refused(score("chunk", gold, fewer), fewer, "it has 1 sentences, the right answers have 2");
    Path more = file("more.txt", "a B-NP\n\nb O\nc O\n");
    refused(score("chunk", gold, more), more, "sentence 2 has 2 words, the right answers have 1");
    Path empty = file("empty.txt", "\n");
    refused(score("chunk", gold, empty), empty, "there is no sentence in it");
    Path latin = latin("latin.txt", "caf\u00e9 O\n");
    refused(score("chunk", gold, latin), latin, "line 1: byte 3 of the line is not UTF-8");
    Path unseen = file("unseen.txt", LONG + " B-XY\n\nb O\n"); // another type is a wrong answer
    Run wrong = score("chunk", gold, unseen).exits(ExitCode.OK);
    assertTrue(wrong.json().get("f1").intValue() == 0, wrong.out());
  }
}
