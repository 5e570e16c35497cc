package io.github.electra4j.cli;

import io.github.electra4j.train.corpus.source.CorpusChunk.InvalidUtf8;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which text a command learns from, and how it is read. */
@OptionGroup(OptionGroup.INPUT)
final class CorpusArguments {
  private static final String THREADS = "--threads";

  @Parameters(
      paramLabel = "CORPUS",
      arity = "1..*",
      description =
          "Text in UTF-8: files, plain or compressed (gzip, bzip2, xz, Zstandard), tar and zip"
              + " archives of them, and folders of all these.")
  private List<Path> corpus;

  @Option(names = "--cased", description = "Keep upper and lower case, and accents.")
  private boolean cased;

  @Mixin private AccentArguments accents;

  @Option(
      names = "--drop-invalid-utf8",
      description = "Leave out bytes that are not UTF-8 instead of refusing the file.")
  private boolean dropInvalidUtf8;

  @Option(
      names = THREADS,
      paramLabel = "N",
      description = {"Threads; the result does not depend on it.", "  Default: one per processor"})
  private Integer threads;

  /** Files and folders, at least one. */
  List<Path> corpus() {
    return corpus;
  }

  /** Whether text is lower-cased. */
  boolean lowerCase() {
    return !cased;
  }

  /** Whether accents are removed; empty to follow {@link #lowerCase()}. */
  Optional<Boolean> stripAccents() {
    return accents.strip();
  }

  /** What is done with bytes that are not UTF-8. */
  InvalidUtf8 invalidUtf8() {
    return dropInvalidUtf8 ? InvalidUtf8.DROP : InvalidUtf8.REFUSE;
  }

  /** Number of threads, at least 1. */
  int threads() {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    WrongUsageException.requirePositive(THREADS, threads);
    return threads;
  }
}
