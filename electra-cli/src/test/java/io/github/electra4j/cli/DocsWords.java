package io.github.electra4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The words of the documentation's command lines as a test runs them: places lie in a folder of the
 * test's, and what would take long is less.
 *
 * @param folder where the places are, as {@link DocsWorld} writes it
 * @param mirror from which published models are fetched
 */
record DocsWords(Path folder, String mirror) {
  private static final String MIRROR = "MIRROR";
  private static final Set<String> OUTPUTS = Set.of("--output", "--samples", "--html");
  private static final Set<String> WITH_TARGET = Set.of("convert", "init");

  /** What is replaced, one after the other, in every command. */
  private static final List<Less> LESS =
      List.of(
          new Less("--trials \\d+", "--trials 2"),
          new Less("--epochs \\S+", "--epochs 1"),
          new Less("--eval-steps \\d+", "--eval-steps 1"),
          new Less("--max-seq-length \\d+", "--max-seq-length 32"),
          new Less("--size \\d+", "--size 64"),
          new Less("--unused \\d+", "--unused 2"),
          new Less("--steps \\d{5}\\b", "--steps 4"),
          new Less("--then-from \\d+", "--then-from 2"),
          new Less("--init (runs/mlm/training/step)-\\d+", "--init $1-00000004"),
          new Less(
              "/step-01000000 --keep-step --steps 1200000", "/step-00000004 --keep-step --steps 6"),
          new Less("(electra finetune (?!.*--(epochs|hparams)).*)", "$1 --epochs 1"),
          new Less("(electra finetune .*--task squad.*)", "$1 --max-query-length 16"),
          new Less("(electra prepare (?!.*--max-seq-length).*)", "$1 --max-seq-length 32"),
          new Less("(electra pretrain (?!.*--(hparams|init)).*)", "$1 --hparams hparams.json"),
          new Less("(electra pretrain (?!.*--steps).*)", "$1 --steps 4"),
          new Less("(electra pretrain .*)", "$1 --batch 16 --warmup-steps 1"),
          new Less("(electra flops .*)", "$1 --batch 2 --max-seq-length 16"),
          new Less("(electra serve (?!.*--port).*)", "$1 --port 0"),
          new Less("(electra download \\w+)", "$1 --cache cache"),
          new Less("(electra download (?!.*--(list|from-file)).*)", "$1 --mirror " + MIRROR),
          new Less("(electra submit .*)", "$1 --predictions done"));

  /**
   * A replacement.
   *
   * @param written regular expression
   * @param instead replacement, with its groups
   */
  private record Less(String written, String instead) {}

  /** The regular expressions that change none of these lines. */
  static List<String> unused(List<DocsLine> lines) {
    return LESS.stream()
        .map(Less::written)
        .filter(
            written ->
                lines.stream()
                    .noneMatch(line -> Pattern.compile(written).matcher(line.command()).find()))
        .toList();
  }

  /** The words of a line, places made absolute. */
  List<String> of(DocsLine line) {
    List<String> words = words(line);
    return IntStream.range(0, words.size()).mapToObj(i -> absolute(words, i)).toList();
  }

  private String absolute(List<String> words, int i) {
    String word = words.get(i);
    if (word.equals(MIRROR)) {
      return mirror;
    }
    if (word.startsWith("@")) {
      return "@" + folder.resolve(word.substring(1));
    }
    return isPlace(words, i) ? folder.resolve(word).toString() : word;
  }

  /** What a line writes, if it names it. */
  List<Path> outputs(DocsLine line) {
    List<String> words = words(line);
    return IntStream.range(0, words.size())
        .filter(i -> isOutput(words, i))
        .mapToObj(i -> folder.resolve(words.get(i)))
        .toList();
  }

  private static List<String> words(DocsLine line) {
    String command = line.command();
    for (Less each : LESS) {
      command = command.replaceFirst(each.written(), each.instead());
    }
    return DocsLine.words(command);
  }

  private boolean isPlace(List<String> words, int i) {
    boolean published = i == 1 && words.get(0).equals("download");
    return i > 0 && !published && (isOutput(words, i) || exists(words.get(i)));
  }

  private boolean exists(String word) {
    return !word.isEmpty()
        && (Files.exists(folder.resolve(word)) || Files.exists(folder.resolve(word + ".index")));
  }

  private static boolean isOutput(List<String> words, int i) {
    boolean target =
        WITH_TARGET.contains(words.get(0)) && i == (words.get(0).equals("init") ? 1 : 2);
    boolean option =
        i > 0 && OUTPUTS.contains(words.get(i - 1)) && !words.get(0).equals("generate");
    return target || option;
  }
}
