package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Utf8LinesTest {
  private static List<String> lines(byte[] bytes) throws IOException {
    Utf8Lines lines = Utf8Lines.of(new ByteArrayInputStream(bytes), "text");
    List<String> all = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    return all;
  }

  private static List<String> lines(String text) throws IOException {
    return lines(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void lineFeedsEndLines() throws IOException {
    assertEquals(List.of(), lines(""));
    assertEquals(List.of(""), lines("\n"));
    assertEquals(List.of("a"), lines("a"));
    assertEquals(List.of("a", "", "b"), lines("a\n\nb\n"));
    assertEquals(List.of("a", "b\rc", ""), lines("a\r\nb\rc\n\r\n"));
  }

  @Test
  void linesMayBeLongerThanTheBlocksThatAreRead() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      expected.add("ä€😀".repeat(random.nextInt(20_000)));
    }
    assertEquals(expected, lines(String.join("\n", expected) + "\n"));
    assertEquals(expected.subList(0, 1), lines(expected.get(0)));
  }

  @Test
  void aByteOrderMarkIsDroppedAtTheBeginningOnly() throws IOException {
    assertEquals(List.of("a", "\uFEFFb"), lines("\uFEFFa\n\uFEFFb"));
    assertEquals(List.of("", "\u2028"), lines("\uFEFF\n\u2028"));
  }

  @Test
  void aLineMayHaveAsManyBytesAsAllowed(@TempDir Path folder) throws IOException {
    for (int longest : List.of(3, 1024, 70_000)) {
      Path file = Files.writeString(folder.resolve("x"), "x\n" + "a".repeat(longest) + "\nb");
      try (Utf8Lines lines = Utf8Lines.open(file, longest)) {
        lines.next();
        assertEquals(longest, lines.next().length());
        assertEquals("b", lines.next());
      }
      try (Utf8Lines lines = Utf8Lines.open(file, longest - 1)) {
        lines.next();
        MalformedFileException error = assertThrows(MalformedFileException.class, lines::next);
        assertTrue(error.getMessage().startsWith(file + ", line 2: "), error.getMessage());
      }
    }
  }

  @Test
  void theLineThatIsNotUtf8IsNamed() throws IOException {
    Utf8Lines lines =
        Utf8Lines.of(new ByteArrayInputStream(new byte[] {'a', '\n', 'b', (byte) 0xff}), "text");
    assertEquals("a", lines.next());
    MalformedFileException error = assertThrows(MalformedFileException.class, lines::next);
    assertEquals(
        "text, line 2: byte 1 of the line is not UTF-8. Save the file in the encoding UTF-8.",
        error.getMessage());
  }
}
