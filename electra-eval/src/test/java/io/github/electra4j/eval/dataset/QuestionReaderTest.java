package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.answer.Question;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionReaderTest {
  private static final String GOOD =
      """
      {"version": "v2.0", "data": [{"title": "T", "paragraphs": [
       {"qas": [{"id": "a", "question": "Who?", "answers":
         [{"text": "Rollo", "answer_start": 2}, {"text": "He", "answer_start": 0}]},
        {"id": "b", "question": "Why?", "answers": [], "is_impossible": true},
        {"id": "c", "question": "When?"}],
        "context": "\\ud83d\\ude00 Rollo led."}]}]}
      """;

  @TempDir Path folder;

  @Test
  void squadIsReadWhateverTheOrderOfKeys() throws IOException {
    List<AnsweredQuestion> read = read(file("dev.json", GOOD), AnswerCheck.REFUSE);
    assertEquals(3, read.size());
    assertEquals(List.of("Rollo", "He"), read.get(0).answers());
    assertEquals(new Question.KnownAnswer("Rollo", 2), read.get(0).question().known().get());
    assertTrue(read.get(1).question().known().get().isImpossible());
    assertTrue(read.get(2).question().known().isEmpty());
    assertEquals(2, read.get(2).question().id());
  }

  @Test
  void packedFilesAreUnpacked() throws IOException {
    Path file = folder.resolve("dev.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(GOOD.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(3, read(file, AnswerCheck.NONE).size());
    byte[] packed = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(packed, packed.length / 2));
    assertThrows(MalformedFileException.class, () -> read(file, AnswerCheck.NONE));
  }

  @Test
  void mrqaIsReadLineByLine() throws IOException {
    Path file =
        file(
            "dev.jsonl",
            """
            {"header": {"dataset": "NewsQA"}}
            {"context": "In 1895 he left.", "qas": [{"qid": "q", "question": "When?", "answers": ["1895"], "detected_answers": [{"text": "1895", "char_spans": [[3, 6]]}]}]}

            {"context": "It rained.", "qas": [{"qid": "r", "question": "What?", "answers": ["snow"]}]}
            """);
    List<AnsweredQuestion> read = read(file, AnswerCheck.REFUSE);
    assertEquals(2, read.size());
    assertEquals(new Question.KnownAnswer("1895", 3), read.get(0).question().known().get());
    assertTrue(read.get(1).question().known().isEmpty());
  }

  @Test
  void anAnswerThatIsNotInTheTextIsRefusedOrSkipped() throws IOException {
    Path file = file("dev.json", GOOD.replace("\"Rollo\"", "\"Rolla\""));
    assertTrue(fault(file).contains("at character 2 the text says \"Rollo\""), fault(file));
    try (QuestionReader reader = QuestionReader.open(file, AnswerCheck.SKIP)) {
      assertEquals("b", reader.next().question().key());
      assertEquals(1, reader.skipped());
    }
    assertEquals(3, read(file, AnswerCheck.NONE).size());
    Path outside = file("dev.json", GOOD.replace("\"answer_start\": 2", "\"answer_start\": 800"));
    assertTrue(fault(outside).contains("line 2"), fault(outside));
  }

  @Test
  void malformedSquad() throws IOException {
    assertFault(GOOD.replace("\"b\"", "\"a\""), "the id \"a\" occurs a second time");
    assertFault(GOOD.replace("\"Why?\"", "\" \""), "question b has no text");
    assertFault(GOOD.replace("\"id\": \"b\",", ""), "the key \"id\" of a question is missing");
    assertFault(GOOD.replace("\"b\"", "\"\""), "the id of a question is empty");
    assertFault(GOOD.replace("\"Who?\"", "7"), "the key \"question\" of a question a is no text");
    assertFault(GOOD.replace("answer_start\": 2", "answer_start\": 2.5"), "no whole number");
    assertFault(GOOD.replace("[], \"is", "[{\"text\":\"x\",\"answer_start\":0}], \"is"), "but has");
    assertFault(GOOD.replace("context", "text"), "the key \"context\" of a paragraph is missing");
    assertFault(GOOD.replace("\\ud83d\\ude00 Rollo led.", " "), "the text of a paragraph is empty");
    assertFault(GOOD.replace("\"qas\": [", "\"qas\": 7, \"x\": ["), "\"qas\" of a paragraph is no");
    assertFault(GOOD.substring(0, 150), "this is not JSON in UTF-8");
    assertFault("{\"data\": []}", "there is no question in it");
    assertFault("", "there is no question in it");
    assertFault("no JSON", "this is not JSON in UTF-8");
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    for (int length = 0; length < GOOD.length() - 3; length += 7) {
      Path file = file("dev.json", GOOD.substring(0, length));
      assertThrows(MalformedFileException.class, () -> read(file, AnswerCheck.NONE));
    }
  }

  @Test
  void malformedMrqa() throws IOException {
    assertEquals(
        folder.resolve("x.jsonl")
            + ", line 1: this is no JSON object. Wanted {\"context\": …, "
            + "\"qas\": […]}.",
        fault(file("x.jsonl", "[]\n")));
    assertTrue(fault(file("x.jsonl", "{\"context\"\n")).contains("line 1: this is not JSON"));
    assertTrue(fault(file("x.jsonl", "{\"header\": 1}\n")).contains("there is no question in it"));
    assertTrue(
        fault(file("x.jsonl", "{\"header\": 1}\n{\"header\": 1}\n"))
            .contains("line 2: the key \"qas\""));
    String spans = "{\"context\":\"x\",\"qas\":[{\"qid\":\"1\",\"question\":\"q\",";
    assertTrue(
        fault(file("x.jsonl", spans + "\"detected_answers\":[{\"text\":\"x\"}]}]}"))
            .contains("the first of the char_spans of question 1 is no whole number"));
  }

  @Test
  void bytesThatAreNotUtf8AndMissingFiles() throws IOException {
    byte[] latin = GOOD.replace("Who", "Wh\u00f6").getBytes(StandardCharsets.ISO_8859_1);
    Path json = Files.write(folder.resolve("latin.json"), latin);
    assertTrue(fault(json).contains("not JSON in UTF-8: Invalid UTF-8"), fault(json));
    Path lines = Files.write(folder.resolve("latin.jsonl"), latin);
    assertTrue(fault(lines).contains("line"), fault(lines));
    assertThrows(
        FileNotFoundException.class,
        () -> QuestionReader.open(folder.resolve("none.json"), AnswerCheck.NONE));
    FileNotFoundException error =
        assertThrows(
            FileNotFoundException.class, () -> QuestionReader.open(folder, AnswerCheck.NONE));
    assertTrue(error.getMessage().contains("is a folder"));
  }

  @Test
  void aTextOfAHundredThousandCharactersIsRead() throws IOException {
    String text = "x ".repeat(50_000) + "Rollo led.";
    Path file =
        file(
            "dev.json",
            GOOD.replace("\\ud83d\\ude00 Rollo led.", text)
                .replace("\"answer_start\": 2", "\"answer_start\": 100000"));
    assertEquals(100_010, read(file, AnswerCheck.REFUSE).get(0).question().context().length());
  }

  @Test
  void manyIdsAreToldApart() {
    IdSet ids = new IdSet();
    for (int i = 0; i < 20_000; i++) {
      assertTrue(ids.add("id" + i));
    }
    for (int i = 0; i < 20_000; i++) {
      assertTrue(!ids.add("id" + i));
    }
  }

  @Test
  void questionsComeAsAnIterator() throws IOException {
    try (QuestionReader reader = QuestionReader.open(file("d.json", GOOD), AnswerCheck.NONE)) {
      Iterator<Question> questions = reader.questions();
      List<String> keys = new ArrayList<>();
      while (questions.hasNext()) {
        keys.add(questions.next().key());
      }
      assertEquals(List.of("a", "b", "c"), keys);
      assertThrows(NoSuchElementException.class, questions::next);
      assertNull(reader.next());
    }
    Path bad = file("d.json", GOOD.replace("\"b\"", "\"a\""));
    try (QuestionReader reader = QuestionReader.open(bad, AnswerCheck.NONE)) {
      assertThrows(UncheckedIOException.class, reader::questions);
    }
  }

  private void assertFault(String text, String part) throws IOException {
    String message = fault(file("dev.json", text));
    assertTrue(message.startsWith(folder.resolve("dev.json").toString()), message);
    assertTrue(message.contains(part), message);
  }

  private static String fault(Path file) {
    return assertThrows(MalformedFileException.class, () -> read(file, AnswerCheck.REFUSE))
        .getMessage();
  }

  private static List<AnsweredQuestion> read(Path file, AnswerCheck check) throws IOException {
    List<AnsweredQuestion> questions = new ArrayList<>();
    try (QuestionReader reader = QuestionReader.open(file, check)) {
      for (AnsweredQuestion next = reader.next(); next != null; next = reader.next()) {
        questions.add(next);
      }
    }
    return questions;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
