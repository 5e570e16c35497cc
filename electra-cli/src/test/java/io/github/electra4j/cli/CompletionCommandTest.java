package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    return out.lines()
        .map(String::strip)
        .filter(each -> !each.contains("compopt: not currently executing"))
        .toList();
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
  void bashCompletesNamesThatCanBeGiven() throws IOException, InterruptedException {
    assertEquals(
        List.of("cls", "max", "mean", "mean-sqrt"),
        offered("electra", "embed", "--pooling", "''").stream().sorted().toList());
    assertEquals(List.of("mask-predict"), offered("electra", "generate", "--method", "m"));
    assertEquals(
        List.of("electra", "electra-masked-only", "electric"),
        offered("electra", "pretrain", "--objective", "el").stream().sorted().toList());
    for (String command : List.of("finetune", "evaluate", "predict", "rank", "serve")) {
      assertEquals(
          List.of("qnli", "qqp"),
          offered("electra", command, "--task", "q").stream().sorted().toList(),
          command);
    }
    assertEquals(List.of("finetune", "fill-mask"), offered("electra", "help", "fi"));
    assertEquals(List.of("bash", "zsh"), offered("electra", "completion", "''"));
    assertEquals(List.of("chunk"), offered("electra", "score", "ch"));
  }

  /** picocli calls the variable of an option's values by the option's label. */
  @Test
  void optionsWithValuesHaveLabelsOfTheirOwn() {
    Pattern variable = Pattern.compile("local (\\w+_option_args)=.*");
    Set<String> ofFunction = new HashSet<>();
    for (String line : Run.of("completion", "bash").lines()) {
      if (line.startsWith("function ")) {
        ofFunction.clear();
      }
      Matcher found = variable.matcher(line.strip());
      assertTrue(!found.matches() || ofFunction.add(found.group(1)), line);
    }
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
