package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
  private static Vocabulary read(String file) throws IOException {
    return Vocabulary.read(file.getBytes(StandardCharsets.UTF_8), "vocab.txt");
  }

  @Test
  void theLineNumberIsTheId() throws IOException {
    Vocabulary vocabulary = read("[PAD]\n[UNK]\n##é\n中");
    assertEquals(4, vocabulary.size());
    assertEquals(OptionalInt.of(2), vocabulary.id("##é"));
    assertEquals("中", vocabulary.piece(3));
    assertEquals(OptionalInt.empty(), vocabulary.id("[MASK]"));
    assertEquals(OptionalInt.empty(), vocabulary.id("[PA"));
    assertEquals(List.of("[PAD]", "[UNK]", "##é", "中"), vocabulary.pieces());
  }

  @Test
  void aBlankLineTakesAnId() throws IOException {
    Vocabulary vocabulary = read("a\n\nb\n \nc\n");
    assertEquals(List.of("a", "", "b", "", "c"), vocabulary.pieces());
    assertEquals(OptionalInt.of(4), vocabulary.id("c"));
    assertEquals(OptionalInt.of(3), vocabulary.id(""));
  }

  @Test
  void ofEqualLinesTheLastGivesTheId() throws IOException {
    Vocabulary vocabulary = read("a\nb\na\n##c\n##c\n");
    assertEquals(5, vocabulary.size());
    assertEquals(OptionalInt.of(2), vocabulary.id("a"));
    assertEquals(OptionalInt.of(4), vocabulary.id("##c"));
    assertEquals("a", vocabulary.piece(0));
  }

  @Test
  void whiteSpaceAroundAPieceIsCutOffAsPythonDoes() throws IOException {
    Vocabulary vocabulary = read("a\r\n \tb\u00a0\n\u2028\n\u001cc\u0085\u3000\nd\u200b\ne f\n");
    assertEquals(List.of("a", "b", "", "c", "d\u200b", "e f"), vocabulary.pieces());
  }

  @Test
  void aLineThatIsNotUtf8IsNamed() {
    byte[] bytes = {'a', '\n', 'b', '\n', (byte) 0xC3, '\n', 'c', '\n'};
    MalformedVocabularyException error =
        assertThrows(
            MalformedVocabularyException.class, () -> Vocabulary.read(bytes, "some/vocab.txt"));
    assertEquals(
        "some/vocab.txt line 3: the line is not UTF-8; save the vocabulary as UTF-8.",
        error.getMessage());
    assertEquals(3, error.line());
    assertEquals("some/vocab.txt", error.source());
  }

  @Test
  void anEmptyFileIsNoVocabulary() {
    assertThrows(
        MalformedVocabularyException.class, () -> Vocabulary.read(new byte[0], "vocab.txt"));
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(List.of()));
  }

  @Test
  void aMissingSpecialTokenIsNamedWithTheRemedy() throws IOException {
    Vocabulary vocabulary = read("a\nb\n");
    String error =
        assertThrows(IllegalArgumentException.class, () -> vocabulary.requireId("[UNK]"))
            .getMessage();
    assertTrue(error.startsWith("vocab.txt has no piece \"[UNK]\" among its 2."), error);
    assertTrue(error.contains("Take the vocabulary that the model was trained with"), error);
  }

  @Test
  void aByteOrderMarkIsFoundOut() throws IOException {
    Vocabulary vocabulary = read("\ufeff[PAD]\n[UNK]\n");
    String error =
        assertThrows(IllegalArgumentException.class, () -> vocabulary.requireId("[PAD]"))
            .getMessage();
    assertTrue(error.contains("byte order mark"), error);
  }

  @Test
  void anIdOutsideIsRefused() throws IOException {
    Vocabulary vocabulary = read("a\nb\n");
    for (int id : new int[] {-1, 2}) {
      String error =
          assertThrows(IllegalArgumentException.class, () -> vocabulary.piece(id)).getMessage();
      assertTrue(error.contains("Id " + id + " is not in vocab.txt, whose ids are 0 to 1"), error);
    }
  }

  @Test
  void aListIsWrittenAsLines(@TempDir Path folder) throws IOException {
    Vocabulary vocabulary = Vocabulary.of(List.of("[UNK]", "é", "##é"));
    Path file = folder.resolve("vocab.txt");
    vocabulary.write(file);
    assertEquals("[UNK]\né\n##é\n", Files.readString(file));
    assertEquals(vocabulary, Vocabulary.read(file));
    assertEquals(vocabulary.hashCode(), Vocabulary.read(file).hashCode());
    assertNotEquals(vocabulary, Vocabulary.of(List.of("[UNK]", "é")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "nothing is left beside the file");
    }
  }

  @Test
  void aFileComesBackToTheByte() throws IOException {
    byte[] bytes = "a\r\n\n\u2028\nb".getBytes(StandardCharsets.UTF_8);
    byte[] given = bytes.clone();
    Vocabulary vocabulary = Vocabulary.read(given, "vocab.txt");
    given[0] = 'x';
    vocabulary.toBytes()[0] = 'y';
    assertArrayEquals(bytes, vocabulary.toBytes());
  }

  @Test
  void aFailedWriteLeavesNothingBehind(@TempDir Path folder) throws IOException {
    Path target = Files.createDirectory(folder.resolve("vocab.txt"));
    Files.createFile(target.resolve("occupied"));
    assertThrows(IOException.class, () -> Vocabulary.of(List.of("a")).write(target));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(target), files.toList());
    }
  }

  @Test
  void aPieceThatIsNoLineIsRefused() {
    for (String piece : new String[] {"a\nb", " a", "a\t", "\ud800"}) {
      assertThrows(
          IllegalArgumentException.class, () -> Vocabulary.of(List.of("[UNK]", piece)), piece);
    }
  }

  @Test
  void theIndexGrowsWithLongPieces() {
    List<String> pieces =
        IntStream.range(0, 300).mapToObj(i -> i + "x".repeat(i) + "\ud83d\ude00" + i).toList();
    Vocabulary vocabulary = Vocabulary.of(pieces);
    for (int id = 0; id < pieces.size(); id++) {
      assertEquals(OptionalInt.of(id), vocabulary.id(pieces.get(id)));
      assertEquals(OptionalInt.empty(), vocabulary.id(pieces.get(id) + "x"));
    }
  }

  @Test
  void theProjectsOwnVocabularyIsReadCompletely() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/golden/original/vocab.txt")) {
      byte[] bytes = in.readAllBytes();
      Vocabulary vocabulary = Vocabulary.read(bytes, "vocab.txt");
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      assertEquals(lines, vocabulary.pieces());
      for (int id = 0; id < lines.size(); id++) {
        assertEquals(OptionalInt.of(id), vocabulary.id(lines.get(id)));
      }
      assertEquals(1, vocabulary.requireId("[UNK]"));
      assertTrue(vocabulary.toString().contains("vocab.txt"));
    }
  }
}
