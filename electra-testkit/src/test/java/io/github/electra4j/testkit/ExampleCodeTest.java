package io.github.electra4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleCodeTest {
  private static final String CODE = "int answer = 6 * 7;";

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path test() throws IOException {
    return file("Test.java", "  {\n    // example\n    " + CODE + "\n    // end of example\n  }\n");
  }

  private Path packageInfo(String code) throws IOException {
    String text = "/**\n * Words.\n *\n * <pre>{@code\n * %s\n * }</pre>\n */\n";
    return file("package-info.java", text.formatted(code));
  }

  @Test
  void lineBreaksDoNotMatter() throws IOException {
    Path page = file("page.md", "Look:\n  int answer =\n 6 * 7;\n");
    ExampleCode.assertSame(test(), packageInfo("int answer =\n *     6 * 7;"), page);
  }

  @Test
  void anotherDescriptionAndAnotherPageFail() throws IOException {
    Path other = packageInfo("int answer = 6 * 8;");
    AssertionError error =
        assertThrows(AssertionError.class, () -> ExampleCode.assertSame(test(), other));
    assertTrue(error.getMessage().contains("intanswer=6*8;"), error.getMessage());
    Path same = packageInfo(CODE);
    Path page = file("page.md", "int answer = 6 * 8;");
    AssertionError second =
        assertThrows(AssertionError.class, () -> ExampleCode.assertSame(test(), same, page));
    assertTrue(second.getMessage().contains("page.md"), second.getMessage());
  }
}
