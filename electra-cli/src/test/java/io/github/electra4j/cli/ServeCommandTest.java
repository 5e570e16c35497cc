package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  @TempDir private static Path folder;
  private static Path model;

  @BeforeAll
  static void convert() throws IOException {
    model = DemoFiles.model(folder);
  }

  @Test
  void itPrintsItsAddressAndEndsWhenAsked() {
    Run run =
        Run.interruptedAt("Ctrl-C ends.", "serve", model, "--port", 0, "--name", "demo")
            .exits(ExitCode.INTERRUPTED);
    assertEquals(1, run.lines().size());
    assertTrue(run.lines().get(0).matches("http://127\\.0\\.0\\.1:\\d+/"), run.out());
    assertTrue(run.err().contains("demo can detect, embed"), run.err());
  }

  @Test
  void itSaysAtItsStartForWhatAHeadMustBeChosen() throws IOException {
    Path several =
        DemoFiles.withHeads(
            model,
            folder.resolve("several"),
            List.of(
                new TaskHead.Classification("rte", List.of("entailment", "not_entailment")),
                new TaskHead.Classification("mrpc", List.of("0", "1"))));
    Run all = Run.interruptedAt("Ctrl-C ends.", "serve", several, "--port", 0).exits(130);
    assertTrue(all.err().contains("It cannot classify: it has heads for rte, mrpc"), all.err());
    assertTrue(all.err().contains("Choose it with --task."), all.err());
    assertTrue(all.err().contains("several can rank, "), all.err());
    Run one =
        Run.interruptedAt(
                "Ctrl-C ends.",
                "serve",
                several,
                "--port",
                0,
                "--task",
                "mrpc",
                "--label",
                "1",
                "--name",
                "one")
            .exits(130);
    assertTrue(one.err().contains("one can classify, rank, "), one.err());
    assertFalse(one.err().contains("cannot"), one.err());
    Run.of("serve", several, "--task", "mrpc", "--label", "yes")
        .refuses(ExitCode.USAGE, "--label yes is no label of the model; known: [0, 1] of mrpc");
    Run.of("serve", model, "--label", "1").refuses(ExitCode.USAGE, "has no classification");
  }

  @Test
  void anyOtherHostNeedsAToken() throws IOException {
    Run.of("serve", model, "--host", "0.0.0.0", "--port", 0)
        .refuses(ExitCode.USAGE, "can be reached from other machines", "--token-file");
    Path token = Files.writeString(folder.resolve("token.txt"), "short\n");
    Run.of("serve", model, "--host", "0.0.0.0", "--token-file", token)
        .refuses(ExitCode.USAGE, "The token has 5 characters", "openssl rand");
    Run.of("serve", model, "--token-file", folder.resolve("nothing"))
        .refuses(ExitCode.BAD_INPUT, "does not exist");
    Files.writeString(token, "0123456789abcdef0123\n");
    Run.interruptedAt(
            "Ctrl-C ends.", "serve", model, "--host", "0.0.0.0", "--port", 0, "--token-file", token)
        .exits(ExitCode.INTERRUPTED);
  }

  @Test
  void settingsThatCannotBeUsedAreNamedAsTheUserKnowsThem() {
    Run.of("serve", model, "--port", 70_000).refuses(ExitCode.USAGE, "--port is 70000");
    Run.of("serve", model, "--batch-tokens", 0).refuses(ExitCode.USAGE, "--batch-tokens is 0");
    Run.of("serve", model, "--queue-texts", 3)
        .refuses(ExitCode.USAGE, "could never be served", "lower --max-texts");
    Run.of("serve", model, "--timeout-ms", 0)
        .refuses(ExitCode.USAGE, "--timeout-ms is 0 ms; choose 1 ms to 600000 ms");
    Run.of("serve", model, "--batch-wait-ms", 60_001)
        .refuses(ExitCode.USAGE, "--batch-wait-ms is 60001 ms; choose 0 ms to 60000 ms");
    Run.of("serve", model, "--drain-seconds", 241)
        .refuses(ExitCode.USAGE, "--drain-seconds is 241 s; choose 0 s to 240 s");
    Run.of("serve", model, "--max-texts", 0).refuses(ExitCode.USAGE, "--max-texts is 0;");
    Run.of("serve", model, "--max-tokens", 0).refuses(ExitCode.USAGE, "--max-tokens is 0;");
    Run.of("serve", model, "--task", "sst").refuses(ExitCode.BAD_INPUT, "no head for the task sst");
    Run.of("serve", folder.resolve("nothing")).refuses(ExitCode.BAD_INPUT, "does not exist");
  }

  @Test
  void aHostThatIsUnknownIsNamed() {
    Run.of("serve", model, "--host", "nosuch.invalid", "--port", 0)
        .refuses(ExitCode.FAILURE, "nosuch.invalid", "Check the host's name and the network.");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Run.of("serve", model, "--port", taken.getLocalPort())
          .refuses(ExitCode.FAILURE, "port " + taken.getLocalPort(), "or 0 for any");
    }
  }
}
