package io.github.electra4j.bench;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * Our tokenizer against HuggingFace's, one thread, same lines, in turns. First the outputs are
 * compared, then the speeds are printed, one work per line: name, ours in MB/s, the peer's in MB/s,
 * ratio; last the time to load the vocabulary, in fresh virtual machines.
 */
@Command(
    name = "tokenizer-compare",
    mixinStandardHelpOptions = true,
    description = "Compares our tokenizer with HuggingFace's Rust tokenizer through DJL.")
final class TokenizerComparison implements Callable<Integer> {
  private static final int SYNTHETIC_CHARACTERS = 2_000_000;
  private static final long SEED = 20_031L;
  private static final int WARM_UPS = 2;
  private static final int LOADS = 5;
  private static final int BAD_INPUT = 3;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "English text in UTF-8, one paragraph per line, perhaps .gz; default: made up.")
  private Path english;

  @Option(
      names = "--multilingual",
      paramLabel = "FILE",
      description = "Text in many languages; default: made up.")
  private Path multilingual;

  @Option(
      names = "--vocab",
      paramLabel = "FILE",
      description = "Vocabulary of an uncased model; needed for texts of your own.")
  private Path vocabulary;

  @Option(
      names = "--rounds",
      defaultValue = "9",
      description = "Rounds that are counted, after two that are not; default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--differences",
      defaultValue = "0",
      description =
          "Lines of a text that may come out differently, e.g. because they hold [MASK], which the"
              + " peer takes for the special token; default: ${DEFAULT-VALUE}.")
  private int differences;

  private TokenizerComparison() {}

  /** Runs the comparison. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new TokenizerComparison())
            .setExecutionExceptionHandler(TokenizerComparison::explain)
            .execute(args));
  }

  private static int explain(Exception problem, CommandLine command, ParseResult arguments)
      throws Exception {
    if (problem instanceof IOException) {
      System.err.println("A file cannot be used: " + problem);
      return BAD_INPUT;
    }
    throw problem;
  }

  @Override
  public Integer call() throws IOException {
    if (vocabulary == null && (english != null || multilingual != null)) {
      System.err.println("A text of your own needs --vocab FILE as well.");
      return CommandLine.ExitCode.USAGE;
    }
    SyntheticLanguages languages = new SyntheticLanguages(SEED);
    byte[] file =
        vocabulary == null
            ? Vocabulary.of(languages.vocabulary()).toBytes()
            : Files.readAllBytes(vocabulary);
    byte[] json = PeerTokenizer.describe(Vocabulary.read(file, "vocabulary"));

    List<ComparedWork> works = new ArrayList<>();
    ElectraTokenizer ours =
        ElectraTokenizer.of(Vocabulary.read(file, "vocabulary"), TokenizerOptions.uncased());
    try (PeerTokenizer peer = PeerTokenizer.load(json)) {
      TokenizerAgreement agreement = new TokenizerAgreement(ours, peer);
      for (BenchmarkText text : texts(languages)) {
        List<String> different = agreement.differences(text);
        System.err.printf(
            Locale.ROOT,
            "%s: %d lines, %.2f MB, %d come out differently%n",
            text.name(),
            text.lines().size(),
            text.bytes() / 1e6,
            different.size());
        if (different.size() > differences) {
          System.err.println("first: " + agreement.difference(different.get(0)).orElseThrow());
          return CommandLine.ExitCode.SOFTWARE;
        }
        works.addAll(new TokenizerWorks(ours, peer).of(text));
      }
      System.out.printf("%-24s %10s %10s %8s%n", "work", "ours_MBps", "peer_MBps", "ratio");
      for (ComparedWork work : works) {
        ComparedWork.Result result = work.measure(WARM_UPS, rounds);
        line(result.name(), result.ours(), result.peer(), result.ratio());
      }
    }
    reportLoading(file, json);
    return CommandLine.ExitCode.OK;
  }

  private List<BenchmarkText> texts(SyntheticLanguages languages) throws IOException {
    return List.of(
        english == null
            ? new BenchmarkText("english", languages.english(SYNTHETIC_CHARACTERS))
            : BenchmarkText.read("english", english),
        multilingual == null
            ? new BenchmarkText("multilingual", languages.multilingual(SYNTHETIC_CHARACTERS / 4))
            : BenchmarkText.read("multilingual", multilingual));
  }

  /** Each side loads its own file in fresh virtual machines; milliseconds, and how many times. */
  private static void reportLoading(byte[] vocabularyFile, byte[] tokenizerJson)
      throws IOException {
    Path folder = Files.createTempDirectory("tokenizer-compare");
    Path ours = folder.resolve("vocab.txt");
    Path peer = folder.resolve("tokenizer.json");
    try {
      Files.write(ours, vocabularyFile);
      Files.write(peer, tokenizerJson);
      double oursMillis = ColdLoad.median("ours", ours, LOADS);
      double peerMillis = ColdLoad.median("peer", peer, LOADS);
      line("load (cold, in ms)", oursMillis, peerMillis, peerMillis / oursMillis);
    } finally {
      Files.deleteIfExists(ours);
      Files.deleteIfExists(peer);
      Files.delete(folder);
    }
  }

  private static void line(String name, double ours, double peer, double ratio) {
    System.out.printf(Locale.ROOT, "%-24s %10.2f %10.2f %8.1f%n", name, ours, peer, ratio);
  }
}
