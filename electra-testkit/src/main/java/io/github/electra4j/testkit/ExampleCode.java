package io.github.electra4j.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An example that stands in the description of a package and is compiled and run in a test, between
 * the lines {@code // example} and {@code // end of example}.
 */
public final class ExampleCode {
  private static final String BEFORE = "    // example\n";
  private static final String BEHIND = "    // end of example\n";

  private ExampleCode() {}

  /**
   * Fails unless the example reads the same everywhere, line breaks and indentation apart.
   *
   * @param test the class that runs it; its sources lie below the working folder, and so does the
   *     {@code package-info.java} of its package
   * @param pages other files that show it
   */
  public static void assertSame(Class<?> test, Path... pages) throws IOException {
    String folder = "java/" + test.getPackageName().replace('.', '/') + "/";
    assertSame(
        Path.of("src/test/" + folder + test.getSimpleName() + ".java"),
        Path.of("src/main/" + folder + "package-info.java"),
        pages);
  }

  static void assertSame(Path test, Path packageInfo, Path... pages) throws IOException {
    String self = Files.readString(test);
    int from = self.lastIndexOf(BEFORE) + BEFORE.length();
    String compiled = squeezed(self.substring(from, self.indexOf(BEHIND, from)));
    String description = Files.readString(packageInfo);
    String shown =
        description
            .substring(description.indexOf("{@code\n") + 7, description.indexOf(" * }</pre>"))
            .replaceAll("(?m)^ \\* ?", "");
    if (!squeezed(shown).equals(compiled)) {
      throw new AssertionError(
          "The package's description shows%n%s%nbut what is compiled is%n%s"
              .formatted(squeezed(shown), compiled));
    }
    for (Path page : pages) {
      if (!squeezed(Files.readString(page)).contains(compiled)) {
        throw new AssertionError(page + " does not show what is compiled: " + compiled);
      }
    }
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
