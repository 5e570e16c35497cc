package io.github.electra4j.train.corpus;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.tfrecord.RecordFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The examples of a set of files, by number; files of the original are as good as ours. Opening
 * notes where every example starts, 8 bytes of memory each; examples stay on the disk and are
 * checked when they are read. Safe for several threads.
 *
 * <p>The number of an example depends on nothing but the files: those of the first file come first.
 */
public final class ExampleShards implements Closeable {
  private final List<RecordFile> files;
  private final int[] ends; // number of examples in a file and all before it
  private final int seq;

  private ExampleShards(List<RecordFile> files, int[] ends, int seq) {
    this.files = files;
    this.ends = ends;
    this.seq = seq;
  }

  /**
   * Opens files of examples.
   *
   * @param places folders that {@link Preparation} wrote, files, and patterns such as {@code
   *     data/pretrain_data.tfrecord*}, separated by commas
   * @throws MalformedFileException if a file is damaged, or if there are no examples at all
   */
  public static ExampleShards open(String places) throws IOException {
    return open(ShardFiles.find(places));
  }

  /** As {@link #open(String)}, with files that are known; empty ones do no harm. */
  public static ExampleShards open(List<Path> paths) throws IOException {
    List<RecordFile> files = new ArrayList<>();
    try {
      int[] ends = new int[paths.size()];
      long count = 0;
      for (int i = 0; i < ends.length; i++) {
        files.add(RecordFile.open(paths.get(i)));
        count += files.get(i).size();
        if (count > Integer.MAX_VALUE) {
          throw new IOException("There are more than %d examples.".formatted(Integer.MAX_VALUE));
        }
        ends[i] = (int) count;
      }
      if (count == 0) {
        throw MalformedFileException.in(
            paths.isEmpty() ? "no file" : paths.get(0),
            "there are no examples in any of %d files. Prepare a corpus with more text."
                .formatted(paths.size()));
      }
      int seq = new ExampleShards(files, ends, -1).read(0).seq();
      return new ExampleShards(files, ends, seq);
    } catch (IOException | RuntimeException e) {
      closeAll(files);
      throw e;
    }
  }

  /** Number of examples, at least 1. */
  public int size() {
    return ends[ends.length - 1];
  }

  /** Number of tokens of every example, with padding. */
  public int seq() {
    return seq;
  }

  /**
   * An example.
   *
   * @param index 0 to {@code size() - 1}
   * @throws MalformedFileException if it is damaged, or of another length than the first one
   */
  public PackedExample read(int index) throws IOException {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("Example %d of %d".formatted(index, size()));
    }
    int place = Arrays.binarySearch(ends, index);
    int file = place < 0 ? -place - 1 : place + 1;
    while (ends[file] == index) { // behind empty files
      file++;
    }
    int record = index - (file == 0 ? 0 : ends[file - 1]);
    RecordFile from = files.get(file);
    String source = "%s, record %d".formatted(from.path(), record);
    PackedExample example = ExampleCodec.decode(from.read(record), source);
    if (seq >= 0 && example.seq() != seq) {
      throw MalformedFileException.in(
          source,
          "the example has %d tokens, but the first one of all has %d. Do not mix files that were prepared for different lengths."
              .formatted(example.seq(), seq));
    }
    return example;
  }

  /**
   * Several examples.
   *
   * @param indices their numbers, at least one
   * @return {@code [batch][seq]}, in the order of {@code indices}
   */
  public TokenBatch readBatch(int... indices) throws IOException {
    int[][] ids = new int[indices.length][];
    int[][] mask = new int[indices.length][];
    int[][] types = new int[indices.length][];
    for (int row = 0; row < indices.length; row++) {
      PackedExample example = read(indices[row]);
      ids[row] = example.inputIds();
      mask[row] = example.attentionMask();
      types[row] = example.tokenTypeIds();
    }
    return new TokenBatch(ids, mask, types);
  }

  /**
   * A SHA-256 over lengths and checksums of all examples in their order, as 64 hexadecimal digits:
   * the same wherever the files lie and however the examples are spread over them.
   */
  public String fingerprint() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("Every Java platform has SHA-256", e);
    }
    for (RecordFile file : files) {
      file.addTo(digest);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    closeAll(files);
  }

  private static void closeAll(List<RecordFile> files) throws IOException {
    for (RecordFile file : files) {
      file.close();
    }
  }
}
