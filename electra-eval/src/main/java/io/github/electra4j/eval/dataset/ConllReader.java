package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TaggedSentence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sentences of a CoNLL file, one after the other: a word per line, empty lines between
 * sentences, lines that begin with {@code -DOCSTART-} ignored. The last sentence needs no empty
 * line (the original loses it without).
 *
 * <pre>{@code
 * try (ConllReader reader = ConllReader.open(file, ConllLayout.usual(TagScheme.BIO))) {
 *   for (TaggedSentence next = reader.next(); next != null; next = reader.next()) {
 *     System.out.println(next.words() + " " + next.tags());
 *   }
 * }
 * }</pre>
 */
public final class ConllReader implements Closeable {
  private static final String DOCUMENT_START = "-DOCSTART-";

  private final Path file;
  private final ConllLayout layout;
  private final Utf8Lines lines;
  private long read;

  private ConllReader(Path file, ConllLayout layout) throws IOException {
    this.file = file;
    this.layout = layout;
    this.lines = Utf8Lines.open(file);
  }

  /**
   * Opens a file.
   *
   * @throws java.io.FileNotFoundException if it is not there
   */
  public static ConllReader open(Path file, ConllLayout layout) throws IOException {
    return new ConllReader(file, layout);
  }

  /** All sentences of a file. */
  public static List<TaggedSentence> read(Path file, ConllLayout layout) throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    try (ConllReader reader = open(file, layout)) {
      for (TaggedSentence next = reader.next(); next != null; next = reader.next()) {
        sentences.add(next);
      }
    }
    return sentences;
  }

  /**
   * The next sentence, or null after the last.
   *
   * @throws MalformedFileException if a line has too few columns or a tag that is none of the
   *     scheme's, or if there is no sentence at all
   */
  public TaggedSentence next() throws IOException {
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      String[] cells = Cells.of(line);
      if (cells.length == 0) {
        if (!words.isEmpty()) {
          break;
        }
      } else if (!cells[0].equals(DOCUMENT_START)) {
        words.add(cell(cells, layout.word(), "word"));
        tags.add(tag(cells));
      }
    }
    if (words.isEmpty() && read == 0) {
      throw MalformedFileException.in(
          file, "there is no sentence in it. Give a word and its tag per line.");
    }
    return words.isEmpty() ? null : new TaggedSentence(read++, words, tags);
  }

  private String tag(String[] cells) throws MalformedFileException {
    String tag = cell(cells, layout.tag(), "tag");
    Optional<String> fault = layout.scheme().fault(tag);
    if (fault.isPresent()) {
      throw lines.malformed(
          "%s. Correct it, or choose another column or scheme than %s."
              .formatted(fault.get(), layout.scheme()));
    }
    return tag;
  }

  private String cell(String[] cells, int column, String what) throws MalformedFileException {
    int index = column < 0 ? cells.length + column : column;
    boolean alone = cells.length < 2 && layout.word() != layout.tag();
    if (index < 0 || index >= cells.length || alone) {
      throw lines.malformed(
          "found %d column(s), wanted a %s in column %d: \"%s\". Complete the line, or name another column."
              .formatted(cells.length, what, column, Quoted.shortened(String.join(" ", cells))));
    }
    return cells[index];
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
