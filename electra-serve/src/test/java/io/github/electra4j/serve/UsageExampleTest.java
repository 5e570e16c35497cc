package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.serve.task.ServedModel;
import io.github.electra4j.testkit.ExampleCode;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    ExampleCode.assertSame(UsageExampleTest.class, Path.of("../docs/SERVING.md"));
  }
}
