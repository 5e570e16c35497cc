package io.github.electra4j.eval.submission;

import io.github.electra4j.model.storage.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that GLUE's server accepts: eleven files of predictions. It is refused here if a file is
 * missing or has another number of rows than the test set, so that it is not refused there.
 *
 * <pre>{@code
 * GlueSubmission submission = new GlueSubmission();
 * submission.add(GlueFile.RTE, answers); // 3,000 times entailment or not_entailment
 * …
 * submission.write(Path.of("submission.zip"), false);
 * }</pre>
 */
public final class GlueSubmission {
  private static final String HEADER = "index\tprediction\n";

  /** Of every entry, so that the same predictions give the same bytes: 1 January 1980. */
  private static final long ENTRY_TIME = 315_532_800_000L;

  private final Map<GlueFile, List<String>> cells = new EnumMap<>(GlueFile.class);

  /**
   * Adds the predictions of a file.
   *
   * @param answers as {@link io.github.electra4j.eval.Prediction#answer}, in the order of the test
   *     set
   * @throws IllegalArgumentException if there are more or fewer than the test set has, if one is no
   *     answer of the task, or if the file was added before
   */
  public void add(GlueFile file, List<String> answers) {
    if (answers.size() != file.rows()) {
      throw new IllegalArgumentException(
          "%s has %d predictions, wanted %d; predict the whole split %s of task %s, without a limit."
              .formatted(
                  file.fileName(), answers.size(), file.rows(), file.split(), file.task().name()));
    }
    List<String> rows = new ArrayList<>(answers.size());
    for (int i = 0; i < answers.size(); i++) {
      rows.add(file.cell(i, answers.get(i)));
    }
    if (cells.putIfAbsent(file, rows) != null) {
      throw new IllegalArgumentException(
          "%s was added before; add every file once.".formatted(file.fileName()));
    }
  }

  /**
   * Adds the answer 0 to every example of WNLI, which is the most frequent one and what is usually
   * submitted instead of a model's.
   */
  public void addMajorityWnli() {
    add(GlueFile.WNLI, Collections.nCopies(GlueFile.WNLI.rows(), "0"));
  }

  /** The files that are not there yet. */
  public List<GlueFile> missing() {
    List<GlueFile> missing = new ArrayList<>(List.of(GlueFile.values()));
    missing.removeAll(cells.keySet());
    return missing;
  }

  /**
   * Writes the zip; it appears complete or not at all.
   *
   * @param overwrite whether a file that is there may be replaced
   * @throws IllegalStateException naming the files that are missing
   * @throws java.nio.file.FileAlreadyExistsException if there is a file that may not be replaced
   */
  public void write(Path zip, boolean overwrite) throws IOException {
    if (!missing().isEmpty()) {
      throw new IllegalStateException(
          "The submission lacks %s; the server takes all eleven files or none."
              .formatted(missing().stream().map(GlueFile::fileName).toList()));
    }
    try (AtomicFile file = AtomicFile.create(zip, overwrite)) {
      ZipOutputStream out = new ZipOutputStream(Channels.newOutputStream(file.channel()));
      for (Map.Entry<GlueFile, List<String>> entry : cells.entrySet()) {
        ZipEntry member = new ZipEntry(entry.getKey().fileName());
        member.setTime(ENTRY_TIME);
        out.putNextEntry(member);
        writeRows(out, entry.getValue());
        out.closeEntry();
      }
      out.finish();
      out.flush();
      file.commit();
    }
  }

  private static void writeRows(OutputStream out, List<String> rows) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < rows.size(); i++) {
      text.append(i).append('\t').append(rows.get(i)).append('\n');
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
