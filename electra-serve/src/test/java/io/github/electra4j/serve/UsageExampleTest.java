package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.serve.task.ServedModel;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the package's description, compiled and run. */
class UsageExampleTest {
  @Test
  void theExampleServesUntilItIsInterrupted(@TempDir Path folder) throws Exception {
    TinyModel.with(TinyModel.HEADS).checkpoint().write(folder.resolve("model"), false);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream usual = System.out;
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      Future<?> serving = other.submit(() -> example(folder.resolve("model")));
      while (!said.toString(StandardCharsets.UTF_8).contains("\n") && !serving.isDone()) {
        Thread.sleep(5);
      }
      URI uri = URI.create(said.toString(StandardCharsets.UTF_8).strip());
      assertEquals(200, new Client(uri).ask("/v1/classify", "{\"text\": \"a\"}").statusCode());
      other.shutdownNow();
      ExecutionException end = assertThrows(ExecutionException.class, serving::get);
      assertEquals(InterruptedException.class, end.getCause().getClass());
    } finally {
      System.setOut(usual);
      other.shutdownNow();
    }
  }

  private static Void example(Path folder) throws IOException, InterruptedException {
    // example
    LoadedModel model = LoadedModel.read(folder); // e.g. runs/sst/model
    try (ServedModel served = ServedModel.of("sst", model);
        ElectraServer server = ElectraServer.start(served, ServeConfig.defaults())) {
      System.out.println(server.uri()); // e.g. http://127.0.0.1:40123/, at a free port
      server.awaitStop();
    }
    // end of example
    return null;
  }

  @Test
  void theExampleReadsTheSameEverywhere() throws IOException {
    String description =
        Files.readString(Path.of("src/main/java/io/github/electra4j/serve/package-info.java"));
    String shown =
        description
            .substring(description.indexOf("{@code\n") + 7, description.indexOf(" * }</pre>"))
            .replace("\n * ", "\n")
            .replaceFirst("^ \\* ", "");
    String self =
        Files.readString(Path.of("src/test/java/io/github/electra4j/serve/UsageExampleTest.java"));
    int from = self.lastIndexOf("    // example\n") + "    // example\n".length();
    String compiled = self.substring(from, self.indexOf("    // end of example\n", from));
    assertEquals(words(shown), words(compiled));
    String page = Files.readString(Path.of("../docs/SERVING.md"));
    assertTrue(words(page).contains(words(compiled)), "docs/SERVING.md");
  }

  /** Without regard to line breaks and indentation. */
  private static String words(String code) {
    return code.replaceAll("\\s+", "");
  }
}
