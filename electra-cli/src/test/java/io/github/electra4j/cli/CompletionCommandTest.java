package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path folder;

  /** What bash would offer for a command line, its last word unfinished. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    Path script = folder.resolve("completion");
    Files.writeString(script, Run.of("completion", "bash").exits(ExitCode.OK).out());
    String line = String.join(" ", words);
    String ask =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; _complete_electra; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, line, words.length - 1, line, line.length());
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ask).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), out);
    return out.lines().map(String::strip).toList();
  }

  @Test
  void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
    assertEquals(List.of("detect"), offered("electra", "det"));
    assertTrue(offered("electra", "detect", "--thr").contains("--threshold"));
    assertTrue(offered("electra", "finetune", "--lea").contains("--learning-rate"));
    List<String> forms = offered("electra", "convert", "--to", "''");
    assertTrue(forms.containsAll(List.of("native", "huggingface", "onnx")), forms.toString());
  }

  @Test
  void zshTakesTheSameScriptAndOthersAreRefused() {
    assertEquals(Run.of("completion", "bash"), Run.of("completion", "zsh"));
    Run.of("completion", "fish").refuses(ExitCode.USAGE, "no completion for fish");
  }

  @Test
  void argumentsMayStandInAFile() throws IOException {
    Path arguments = folder.resolve("arguments");
    Path vocabulary = folder.resolve("vocab.txt");
    Files.write(vocabulary, List.of("[UNK]", "[CLS]", "[SEP]", "hello", "@"));
    Files.write(
        arguments, List.of("# a comment", "--vocab", vocabulary.toString(), "--text \"hello\""));
    Run run = Run.of("tokenize", "@" + arguments).exits(ExitCode.OK);
    assertEquals("[CLS] hello [SEP]\n", run.out());
    Run sign = Run.of("tokenize", "--vocab", vocabulary, "--text", "@hello").exits(ExitCode.OK);
    assertEquals("[CLS] @ hello [SEP]\n", sign.out());
  }
}
