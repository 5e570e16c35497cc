package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.metric.TagScheme;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.IntentExample;
import io.github.electra4j.train.task.RankingExample;
import io.github.electra4j.train.task.TaggedSentence;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SentenceReadersTest {
  private static final ConllLayout BIO = ConllLayout.usual(TagScheme.BIO);

  @TempDir Path folder;

  @Test
  void conllFilesAreRead() throws IOException {
    Path file =
        file("a.txt", "-DOCSTART- -X- O\n\n\nA DT B-NP\n cat\tNN I-NP \n\n\n-DOCSTART- O\nsat V O");
    assertEquals(
        List.of(
            new TaggedSentence(0, List.of("A", "cat"), List.of("B-NP", "I-NP")),
            new TaggedSentence(1, List.of("sat"), List.of("O"))),
        ConllReader.read(file, BIO));
    ConllLayout speech = new ConllLayout(0, 1, TagScheme.PLAIN);
    Path plain = file("b.txt", "A DT B-NP\r\ncat NN I-NP\r\n");
    assertEquals(List.of("DT", "NN"), ConllReader.read(plain, speech).get(0).tags());
  }

  @Test
  void malformedConll() throws IOException {
    assertFault("line 2: found 1 column(s), wanted a word", () -> conll("A O\ncat\n", BIO));
    assertFault("line 1: the tag is \"S-NP\", wanted O or one of BI", () -> conll("A S-NP", BIO));
    assertFault("there is no sentence in it", () -> conll("\n\n-DOCSTART- O\n", BIO));
    ConllLayout third = new ConllLayout(0, 2, TagScheme.PLAIN);
    assertFault("wanted a tag in column 2", () -> conll("A O\n", third));
    Path latin = folder.resolve("l.txt");
    Files.write(latin, "ok O\n\u00e9 O\n".getBytes(StandardCharsets.ISO_8859_1));
    assertFault("line 2: byte 0 of the line is not UTF-8", () -> ConllReader.read(latin, BIO));
    assertThrows(FileNotFoundException.class, () -> ConllReader.read(folder.resolve("none"), BIO));
    String word = "x".repeat(100_000);
    assertEquals(word, ConllReader.read(file("w.txt", word + " O\n"), BIO).get(0).words().get(0));
  }

  @Test
  void intentsAreReadFromBothLayouts() throws IOException {
    file("seq.in", "fly to rome\nhi\n");
    file("seq.out", "O O B-city\nO\n");
    file("label", "fly\nhello\n");
    Path single =
        file("all.txt", "# intent: fly\nfly O\nto O\nrome B-city\n\n# intent = hello\nhi O");
    List<IntentExample> read = IntentReader.read(folder);
    assertEquals(2, read.size());
    assertEquals("fly", read.get(0).intent());
    assertEquals(List.of("O", "O", "B-city"), read.get(0).words().tags());
    assertEquals(read, IntentReader.read(single));
  }

  @Test
  void malformedIntents() throws IOException {
    file("seq.in", "fly\nhi\n");
    file("seq.out", "O\n");
    file("label", "fly\nhello\n");
    assertFault("ends after line 1", () -> IntentReader.read(folder));
    file("seq.out", "O O\nO\n");
    assertFault("line 1: found 1 word(s) and 2 slot(s)", () -> IntentReader.read(folder));
    file("seq.out", "x\nO\n");
    assertFault("line 1: the tag is \"x\"", () -> IntentReader.read(folder));
    file("seq.out", "O\nO\n");
    file("label", "fly\n \n");
    assertFault("the intent of this utterance is empty", () -> IntentReader.read(folder));
    for (String name : List.of("seq.in", "seq.out", "label")) {
      file(name, "");
    }
    assertFault("there is no utterance", () -> IntentReader.read(folder));
    Files.delete(folder.resolve("label"));
    assertThrows(FileNotFoundException.class, () -> IntentReader.read(folder));
    assertFault("has no intent", () -> IntentReader.read(file("x.txt", "hi O\n")));
    assertFault(
        "wanted a word and its slot", () -> IntentReader.read(file("x.txt", "# intent: a\nhi\n")));
    assertFault(
        "line 2: the tag", () -> IntentReader.read(file("x.txt", "# intent: a\nhi city\n")));
  }

  @Test
  void multipleChoiceIsRead() throws IOException {
    Path swag =
        file(
            "val.csv",
            ",sent1,sent2,ending0,ending1,ending2,ending3,label\n".replaceFirst(",", "n,")
                + "0,\"He ran, fast.\",He,a,b,c,d,2\n1,She sat.,,a,b,c,d,0\n");
    List<RankingExample> read = ChoiceReader.read(swag, ChoiceLayout.swag(), true);
    assertEquals(
        new RankingExample(0, "He ran, fast. He", List.of("a", "b", "c", "d"), 2), read.get(0));
    assertEquals("She sat.", read.get(1).text());
    Path copa =
        file(
            "val.jsonl",
            "{\"premise\":\"It rained.\",\"choice1\":\"Wet.\",\"choice2\":\"Dry.\","
                + "\"question\":\"effect\",\"idx\":0,\"label\":1}\n");
    assertEquals(
        new RankingExample(0, "It rained. effect", List.of("Wet.", "Dry."), 1),
        ChoiceReader.read(copa, ChoiceLayout.copa(), true).get(0));
    assertEquals(0, ChoiceReader.read(copa, ChoiceLayout.copa(), false).get(0).right());
  }

  @Test
  void malformedChoices() {
    ChoiceLayout layout = new ChoiceLayout(List.of("q"), List.of("a", "b"), "label", 1);
    assertFault(
        "line 2: the label is \"0\", wanted a number from 1 to 2", () -> choose("x,y,z,0", layout));
    assertFault("the candidate in column \"b\" is empty", () -> choose("x,y,,1", layout));
    assertFault("the columns [q] are empty", () -> choose(" ,y,z,1", layout));
    assertFault("there is no column \"premise\"", () -> choose("x,y,z,1", ChoiceLayout.copa()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ChoiceLayout(List.of("q"), List.of("a"), "label", 0));
  }

  @Test
  void responsesAreReadFromBothFormats() throws IOException {
    Path tsv =
        file(
            "x.tsv",
            "0\thi\thow?\tbad\n1\thi\thow?\tgood\n1\tbye\tsee\n\n1\tbye\tlater\n0\tbye\tx\n");
    String dialogue = "hi" + ResponseReader.TURN_END + "how?";
    assertEquals(
        List.of(
            new RankingExample(0, dialogue, List.of("bad", "good"), 1),
            new RankingExample(1, "bye", List.of("see"), 0),
            new RankingExample(2, "bye", List.of("later", "x"), 0)),
        responses(tsv));
    Path json =
        file(
            "x.jsonl",
            "{\"context\":[\"hi\",\"how?\"],\"candidates\":[\"bad\",\"good\"],\"label\":1}\n"
                + "{\"context\":\"bye\",\"candidates\":[\"see\"],\"label\":0}\n");
    assertEquals(responses(tsv).subList(0, 2), responses(json));
  }

  @Test
  void malformedResponses() {
    assertFault("line 1: none of the 2", () -> responses(file("x.tsv", "0\ta\tb\n0\ta\tc\n")));
    assertFault(
        "line 2: wanted a label 0 or 1", () -> responses(file("x.tsv", "1\ta\tb\nx\ta\tb")));
    assertFault("line 1: wanted a label", () -> responses(file("x.tsv", "1\ta\n")));
    assertFault("line 1: a turn or the response", () -> responses(file("x.tsv", "1\ta\t \n")));
    assertFault("there is no dialogue", () -> responses(file("x.tsv", "")));
    assertFault("needs a \"context\"", () -> responses(file("x.jsonl", "{\"label\":0}")));
    String start = "{\"context\":\"a\",\"candidates\":[\"b\"";
    assertFault("label is missing", () -> responses(file("x.jsonl", start + "]}")));
    assertFault("from 0 to 0", () -> responses(file("x.jsonl", start + "],\"label\":1}")));
    assertFault("number 1 of", () -> responses(file("x.jsonl", start + ",\"\"],\"label\":1}")));
    assertThrows(IllegalArgumentException.class, () -> responses(file("x.csv", "a")));
  }

  private static List<RankingExample> responses(Path file) throws IOException {
    List<RankingExample> examples = new ArrayList<>();
    try (ResponseReader reader = ResponseReader.open(file)) {
      for (RankingExample next = reader.next(); next != null; next = reader.next()) {
        examples.add(next);
      }
    }
    return examples;
  }

  private List<RankingExample> choose(String row, ChoiceLayout layout) throws IOException {
    return ChoiceReader.read(file("c.csv", "q,a,b,label\n" + row + "\n"), layout, true);
  }

  private List<TaggedSentence> conll(String text, ConllLayout layout) throws IOException {
    return ConllReader.read(file("c.txt", text), layout);
  }

  private static void assertFault(String part, Executable reading) {
    MalformedFileException error = assertThrows(MalformedFileException.class, reading);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
