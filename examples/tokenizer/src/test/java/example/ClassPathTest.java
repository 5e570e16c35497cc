package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @TempDir Path folder;

  @Test
  void theTokenizerBringsNoOtherJar() throws IOException {
    String classPath = Files.readString(Path.of("target/classpath.txt")).strip();
    List<String> names =
        Arrays.stream(classPath.split(File.pathSeparator))
            .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("-\\d.*", ""))
            .toList();
    assertEquals(List.of("electra-tokenizer"), names);
  }

  @Test
  void theProgramTokenizes() throws IOException {
    Path vocabulary = folder.resolve("vocab.txt");
    Files.write(vocabulary, List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##able", "##aff"));
    assertArrayEquals(new int[] {2, 5, 7, 6, 3}, Pieces.ids(vocabulary, "Unaffable"));
  }
}
