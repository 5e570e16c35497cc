package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the package's documentation is compiled here, and is the same line by line. */
class PackageExampleTest {
  private static final Path SOURCES = Path.of("src");
  private static final String PACKAGE = "java/io/github/electra4j/tokenizer/";

  static List<Encoding> example(String question, String text, List<String> texts)
      throws IOException {
    // example
    ElectraTokenizer tokenizer =
        ElectraTokenizer.read(Path.of("vocab.txt"), TokenizerOptions.uncased());
    int[] ids = tokenizer.ids("Köln isn't cheap 😀"); // no special tokens, the fastest way
    Encoding encoding = tokenizer.encode(question, text, EncodeOptions.maxLength(384));
    for (int i = 0; i < encoding.length(); i++) {
      String place = encoding.start(i) + ".." + encoding.end(i); // in the question or the text
      System.out.println(encoding.piece(i) + " " + encoding.sequence(i) + ":" + place);
    }
    EncodeOptions padded = EncodeOptions.maxLength(128).withPadding(Padding.longest());
    List<Encoding> batch = tokenizer.encodeBatch(texts, padded);
    // end of the example
    return ids.length > 0 ? batch : List.of();
  }

  @Test
  void theDocumentationShowsWhatIsCompiled() throws IOException {
    List<String> compiled =
        between(
            SOURCES.resolve("test").resolve(PACKAGE + "PackageExampleTest.java"),
            "    // example",
            "    // end of the example");
    List<String> shown =
        between(
            SOURCES.resolve("main").resolve(PACKAGE + "package-info.java"),
            " * <pre>{@code",
            " * }</pre>");
    assertTrue(compiled.size() >= 10);
    assertEquals(
        compiled.stream().map(line -> line.substring("    ".length())).toList(),
        shown.stream().map(line -> line.substring(" * ".length())).toList());
  }

  private static List<String> between(Path file, String before, String behind) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return new ArrayList<>(lines.subList(lines.indexOf(before) + 1, lines.indexOf(behind)));
  }
}
