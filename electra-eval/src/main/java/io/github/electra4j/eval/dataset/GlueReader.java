package io.github.electra4j.eval.dataset;

import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads splits of GLUE's tab-separated files, in which quotation marks mean nothing. Example:
 * {@code GlueReader.read(GlueTask.named("sst"), Path.of("glue"), "dev")}.
 *
 * <p>The data folder is that of GLUE, with a folder per task inside ({@code SST-2} or {@code sst}),
 * or the task's folder itself. An example's id is the number of its line, from 0 and without the
 * header, as in the original. Empty lines at the end of a file are ignored.
 *
 * <p>Anything else that cannot be an example is an error that names the file and the line: fewer
 * columns than needed, an empty label, a label that the task does not have, a score that is no
 * number or outside its scale, bytes that are not UTF-8. (The original skips such lines and goes
 * on; only for QQP is this done here, see {@link Split#brokenLines}.)
 *
 * <p>For MRPC, the raw files of Microsoft Research are read where GLUE's are absent: {@code
 * msr_paraphrase_train.txt} as {@code train}, whose 4,076 pairs are GLUE's train and dev together,
 * and {@code msr_paraphrase_test.txt} as {@code test}, with labels. GLUE's dev cannot be told from
 * them.
 */
public final class GlueReader {
  /** The limit that reads everything. */
  public static final int ALL = Integer.MAX_VALUE;

  private GlueReader() {}

  /**
   * The examples of a split.
   *
   * @param dataFolder the folder of GLUE or of the task
   * @param split e.g. {@code dev}; see {@link GlueTask#split}
   * @throws java.io.FileNotFoundException if the file is not there
   * @throws io.github.electra4j.model.storage.MalformedFileException if a line is malformed or if
   *     there is no example
   * @throws IllegalArgumentException if the task has no such split
   */
  public static List<TextExample> read(GlueTask task, Path dataFolder, String split)
      throws IOException {
    return load(task, dataFolder, split, ALL).examples();
  }

  /**
   * The first examples of a split, with where they came from.
   *
   * @param limit how many examples to read at most, at least 1, or {@link #ALL}
   * @throws IOException as {@link #read}
   */
  public static GlueSplit load(GlueTask task, Path dataFolder, String split, int limit)
      throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "The limit is %d; read at least 1 example.".formatted(limit));
    }
    Split wanted = task.split(split);
    GlueFiles.Found found = GlueFiles.locate(task, dataFolder, wanted);
    return new SplitParser(task, wanted, found, limit).parse();
  }
}
