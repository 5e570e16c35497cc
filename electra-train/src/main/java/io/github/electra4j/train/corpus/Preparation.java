package io.github.electra4j.train.corpus;

import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.train.InOrder;
import io.github.electra4j.train.corpus.source.CorpusReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The way from a corpus to a folder of examples: lines are tokenized on several threads and packed
 * in their order by one {@link ExampleBuilder}, so that the result follows from corpus, vocabulary,
 * choices and seed, whatever the number of threads. Immutable.
 *
 * <p>The folder holds {@code pretrain_data.tfrecord-0-of-100}, …, which the original reads too,
 * {@code vocab.txt}, and {@code report.json}.
 */
public final class Preparation {
  private final ElectraTokenizer tokenizer;
  private final PrepareConfig config;
  private final int threads;
  private final PrepareListener listener;

  private Preparation(
      ElectraTokenizer tokenizer, PrepareConfig config, int threads, PrepareListener listener) {
    this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
    this.config = Objects.requireNonNull(config, "config");
    this.threads = threads;
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * A preparation on all processors that nobody listens to.
   *
   * @throws IllegalArgumentException if the vocabulary lacks {@code [CLS]} or {@code [SEP]}
   */
  public static Preparation of(ElectraTokenizer tokenizer, PrepareConfig config) {
    tokenizer.clsId();
    tokenizer.sepId();
    int processors = Runtime.getRuntime().availableProcessors();
    return new Preparation(tokenizer, config, processors, progress -> {});
  }

  /**
   * This preparation on another number of threads.
   *
   * @param threads at least 1
   */
  public Preparation withThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "Preparation.threads is %d; give at least 1".formatted(threads));
    }
    return new Preparation(tokenizer, config, threads, listener);
  }

  /** This preparation with somebody who listens. */
  public Preparation withListener(PrepareListener listener) {
    return new Preparation(tokenizer, config, threads, listener);
  }

  /**
   * Prepares a corpus. The folder appears complete or not at all.
   *
   * @param corpus files and folders, see {@link CorpusReader}
   * @param output folder to write
   * @param overwrite whether an older folder of examples may be replaced
   * @throws FileAlreadyExistsException if there is something that may not be replaced
   * @throws MalformedFileException if a file of the corpus is damaged or not UTF-8, or if there is
   *     no text at all
   * @throws InterruptedIOException if the listener ends the preparation
   */
  public PrepareReport run(List<Path> corpus, Path output, boolean overwrite) throws IOException {
    try (CorpusReader reader = CorpusReader.open(corpus);
        AtomicFolder folder = AtomicFolder.create(output, ShardFiles.KIND, overwrite)) {
      PrepareReport report = pack(reader, folder);
      if (report.examples() == 0) {
        throw MalformedFileException.in(corpus, "there is no text in it. Give files with text.");
      }
      folder.write(ShardFiles.VOCABULARY, tokenizer.vocabulary().toBytes());
      String json = report.toJson(config, tokenizer.options());
      folder.write(ShardFiles.REPORT, json.getBytes(StandardCharsets.UTF_8));
      folder.commit();
      return report;
    }
  }

  private PrepareReport pack(CorpusReader reader, AtomicFolder folder) throws IOException {
    try (ShardWriter shards = ShardWriter.create(folder, config.shards())) {
      Assembly assembly = new Assembly(tokenizer, config, shards);
      InOrder.run(
          threads,
          reader::next,
          chunk -> TokenizedLines.of(chunk, tokenizer, config.invalidUtf8()),
          lines -> {
            assembly.add(lines);
            listener.onProgress(assembly.progress(reader.bytesRead(), reader.bytesTotal()));
            if (listener.stopRequested()) {
              throw new InterruptedIOException("The preparation was stopped; nothing was written.");
            }
          });
      return assembly.report(reader.texts());
    }
  }
}
