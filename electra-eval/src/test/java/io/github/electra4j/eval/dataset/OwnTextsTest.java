package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TextExample;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTextsTest {
  private static final TextColumns COLUMNS = TextColumns.of("text", "label");
  private static final ClassTarget YES_NO = new ClassTarget(List.of("no", "yes"));

  @TempDir Path folder;

  @Test
  void allFormatsGiveTheSameExamples() throws IOException {
    List<TextExample> wanted =
        List.of(new TextExample(0, "a \"b\", c", "", "yes"), new TextExample(1, "d", "", "no"));
    Path csv = file("x.csv", "\uFEFFlabel,text\r\nyes,\"a \"\"b\"\", c\"\r\nno,d\r\n\r\n");
    Path tsv = file("x.tsv", "label\ttext\nyes\ta \"b\", c\nno\td\n");
    Path json =
        file(
            "x.jsonl",
            "{\"label\":\"yes\",\"text\":\"a \\\"b\\\", c\",\"n\":null}\n\n"
                + "{\"text\":\"d\",\"label\":\"no\"}\n");
    for (Path file : List.of(csv, tsv, json)) {
      assertEquals(wanted, OwnTexts.read(file, COLUMNS), file.toString());
      assertEquals(wanted, OwnTexts.read(file, COLUMNS, YES_NO));
    }
  }

  @Test
  void pairsAndTextsWithoutLabels() throws IOException {
    Path file = file("x.txt", "a\tb\tscore\none\ttwo\t1.5\n");
    TextColumns columns = TextColumns.ofPair("a", "b", "score");
    assertEquals(List.of(new TextExample(0, "one", "two", "1.5")), OwnTexts.read(file, columns));
    assertEquals("", OwnTexts.read(file, columns.unlabelled()).get(0).label());
    assertEquals("no", OwnTexts.read(file, columns.unlabelled(), YES_NO).get(0).label());
  }

  @Test
  void theFirstTextsOnly() throws IOException {
    Path file = file("x.csv", "text,label\na,yes\nb,no\nc\n");
    assertEquals(2, OwnTexts.read(file, COLUMNS, 2).size());
    assertEquals("yes", OwnTexts.read(file, COLUMNS, YES_NO, 1).get(0).label());
    assertThrows(MalformedFileException.class, () -> OwnTexts.read(file, COLUMNS, 3));
  }

  @Test
  void oneTextOfAPairMayBeEmpty() throws IOException {
    TextColumns columns = TextColumns.ofPair("a", "b", "label");
    Path half = file("half.csv", "a,b,label\n,two,yes\none,,no\n");
    assertEquals(
        List.of(new TextExample(0, "", "two", "yes"), new TextExample(1, "one", "", "no")),
        OwnTexts.read(half, columns));
    Path none = file("none.csv", "a,b,label\n, ,yes\n");
    assertThrows(MalformedFileException.class, () -> OwnTexts.read(none, columns));
  }

  @Test
  void malformedCsv() {
    assertFault("x.csv", "text,label\na\n", "line 2: found 1 cell(s) for the 2 columns");
    assertFault("x.csv", "text,label\na,yes\n\"b\nc\",\n", "line 3: the column \"label\" is empty");
    assertFault("x.csv", "text,label\n\"a,yes\nb,no\n", "line 2: this row is not CSV");
    assertFault("x.csv", "text,label\n\"a\"x,yes\n", "line 2: this row is not CSV");
    assertFault("x.csv", "text,text\na,b\n", "line 1: two columns are called \"text\"");
    assertFault("x.csv", "text,\na,b\n", "line 1: a column has no name");
    assertFault("x.csv", "", "it is empty");
    assertFault("x.csv", "text,label\n", "there is no row in it");
    assertFault("x.csv", "text,class\na,b\n", "line 2: there is no column \"label\"; there are");
    assertFault("x.csv", "text,label\n ,yes\n", "line 2: the column \"text\" is empty");
    assertFault("x.csv", "text,label\na,yes\nb,maybe\n", "line 3: the label is \"maybe\", wanted");
  }

  @Test
  void malformedTsvAndJson() {
    assertFault("x.tsv", "text\tlabel\na\tyes\tx\n", "line 2: found 3 cell(s)");
    assertFault("x.jsonl", "{\"text\":\"a\",\"label\":\"yes\"}\n{\"text\"", "line 2: this is not");
    assertFault("x.jsonl", "{\"text\":\"a\",\"text\":\"b\"}", "Duplicate field 'text'");
    assertFault("x.jsonl", "{\"text\":\"a\"} {\"text\":\"b\"}", "line 1: this is not JSON");
    assertFault("x.jsonl", "[1]\n", "line 1: this is no JSON object");
    assertFault("x.jsonl", "{\"text\":null,\"label\":\"yes\"}\n", "there is no column \"text\"");
    assertFault("x.jsonl", "\n", "there is no row in it");
  }

  @Test
  void bytesThatAreNotUtf8AndMissingFiles() throws IOException {
    for (String name : List.of("x.csv", "x.tsv", "x.jsonl")) {
      byte[] latin = "text,label\na\nb\u00e9,yes\n".getBytes(StandardCharsets.ISO_8859_1);
      byte[] json = "\n\n{\"text\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
      Files.write(folder.resolve(name), name.endsWith("l") ? json : latin);
      String message =
          assertThrows(
                  MalformedFileException.class,
                  () -> {
                    try (TableReader rows =
                        TableReader.open(folder.resolve(name), TableFormat.of(Path.of(name)))) {
                      rows.next();
                      rows.next();
                    }
                  })
              .getMessage();
      assertTrue(message.contains("line 3") || message.contains("line 2"), message);
    }
    assertThrows(
        FileNotFoundException.class, () -> OwnTexts.read(folder.resolve("no.csv"), COLUMNS));
    assertThrows(IllegalArgumentException.class, () -> TableFormat.of(Path.of("x.xls")));
    assertEquals(TableFormat.JSONL, TableFormat.of(Path.of("X.NDJSON.gz")));
  }

  @Test
  void aTextOfAHundredThousandCharactersIsRead() throws IOException {
    String text = "\u00e9, ".repeat(33_334);
    Path file = file("x.csv", "text,label\n\"" + text + "\",yes\n");
    assertEquals(text, OwnTexts.read(file, COLUMNS).get(0).textA());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsWrittenByRfc4180IsReadBack(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      List<String> names = List.of("one", "two \"2\"", "three,3");
      StringBuilder csv = new StringBuilder(row(names, random));
      List<Map<String, String>> wanted = new ArrayList<>();
      for (int r = random.nextInt(1, 5); r > 0; r--) {
        List<String> cells = List.of(cell(random), cell(random), "x" + cell(random));
        csv.append(random.nextBoolean() ? "\r\n" : "\n").append(row(cells, random));
        wanted.add(
            Map.of(
                names.get(0),
                cells.get(0),
                names.get(1),
                cells.get(1),
                names.get(2),
                cells.get(2)));
      }
      Path file = file("x.csv", csv.toString());
      List<Map<String, String>> read = new ArrayList<>();
      try (TableReader rows = TableReader.open(file, TableFormat.CSV)) {
        for (Map<String, String> row = rows.next(); row != null; row = rows.next()) {
          read.add(row);
        }
      }
      assertEquals(wanted, read, "seed=" + seed + " " + csv);
    }
  }

  private static String cell(Random random) {
    String alphabet = "ab,\"\n é\uD83D\uDE00'\t;";
    StringBuilder cell = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
      cell.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
    }
    return cell.toString();
  }

  private static String row(List<String> cells, Random random) {
    List<String> written = new ArrayList<>();
    for (String cell : cells) {
      boolean quote = random.nextBoolean() || cell.isEmpty() || !cell.matches("[^,\"\n\r]*");
      written.add(quote ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
    }
    return String.join(",", written);
  }

  @Test
  void labelsAreInferredWhateverTheirOrder() {
    assertEquals(List.of("1", "9", "10"), LabelInference.ordered(List.of("10", "9", "1", "9")));
    assertEquals(List.of("10", "9", "x"), LabelInference.ordered(List.of("x", "9", "10")));
    assertEquals(YES_NO, LabelInference.classes(examples("yes", "no", "yes")));
    assertEquals(new ScoreTarget(4.5), LabelInference.scores(examples("0", "4.5", "1")));
    assertTrue(LabelInference.looksLikeScores(List.of("1", "2.5")));
    assertFalse(LabelInference.looksLikeScores(List.of("1", "2")));
    assertThrows(
        IllegalArgumentException.class, () -> LabelInference.classes(examples("yes", "yes")));
    assertThrows(IllegalArgumentException.class, () -> LabelInference.scores(examples("-1")));
    assertThrows(IllegalArgumentException.class, () -> LabelInference.scores(examples("0", "0.0")));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1001; i++) {
      many.add(i + ".5");
    }
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> LabelInference.ordered(many));
    assertTrue(error.getMessage().endsWith("or learn scores."), error.getMessage());
  }

  @Test
  void imbalanceIsSaid() {
    ClassBalance uneven = ClassBalance.of(List.of("ham", "ham", "ham", "spam"));
    assertEquals(0.75, uneven.majorityShare());
    assertEquals(3, uneven.ratio());
    assertEquals(
        "4 labels of 2 classes: ham 3 (75.0 %), spam 1 (25.0 %). The classes are imbalanced (3.0 to"
            + " 1): always answering \"ham\" is right in 75.0 % of cases, so look at macro_f1 and"
            + " mcc, too.",
        uneven.toText());
    ClassBalance even = ClassBalance.of(List.of("b", "a"));
    assertEquals("2 labels of 2 classes: a 1 (50.0 %), b 1 (50.0 %).", even.toText());
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      many.add("c" + i);
    }
    assertTrue(ClassBalance.of(many).toText().endsWith("and 5 rarer ones."));
    assertThrows(IllegalArgumentException.class, () -> ClassBalance.of(List.of()));
  }

  private static List<TextExample> examples(String... labels) {
    List<TextExample> examples = new ArrayList<>();
    for (String label : labels) {
      examples.add(new TextExample(examples.size(), "x", "", label));
    }
    return examples;
  }

  private void assertFault(String name, String text, String part) {
    MalformedFileException error =
        assertThrows(
            MalformedFileException.class,
            () ->
                OwnTexts.read(
                    file(name, text),
                    new TextColumns("text", Optional.empty(), Optional.of("label")),
                    YES_NO));
    assertTrue(error.getMessage().startsWith(folder.resolve(name).toString()), error.getMessage());
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
