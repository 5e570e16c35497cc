package io.github.electra4j.eval.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.RankingExample;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Dialogues and possible next turns, one after the other, in one of two formats:
 *
 * <ul>
 *   <li>TSV as the Ubuntu corpus is usually passed on, without header: {@code label, turn, …, turn,
 *       response}. Lines that follow each other with the same turns are the candidates of one
 *       example, exactly one of which has the label 1.
 *   <li>JSON lines: {@code {"context": ["turn", …], "candidates": ["response", …], "label": 0}}.
 * </ul>
 *
 * <p>Turns are joined by {@link #TURN_END}.
 */
public final class ResponseReader implements Closeable {
  /** What stands between turns. */
  public static final String TURN_END = " __eot__ ";

  private final Path file;
  private final JsonRows json;
  private final Utf8Lines lines;
  private String[] ahead;
  private int aheadLine;
  private long read;

  private ResponseReader(Path file, TableFormat format) throws IOException {
    this.file = file;
    this.json = format == TableFormat.JSONL ? new JsonRows(file) : null;
    this.lines = format == TableFormat.JSONL ? null : Utf8Lines.open(file);
  }

  /**
   * Opens a file.
   *
   * @throws java.io.FileNotFoundException if it is not there
   * @throws IllegalArgumentException if its name ends in neither {@code .tsv}, {@code .txt} nor
   *     {@code .jsonl}
   */
  public static ResponseReader open(Path file) throws IOException {
    TableFormat format = TableFormat.of(file);
    if (format == TableFormat.CSV) {
      throw new IllegalArgumentException(
          "%s is CSV; read it as multiple choice, with a column per candidate.".formatted(file));
    }
    return new ResponseReader(file, format);
  }

  /**
   * The next dialogue, or null after the last.
   *
   * @throws MalformedFileException naming file and line, if a line has too few columns, a text is
   *     empty, not exactly one candidate is right, or if there is no dialogue at all
   */
  public RankingExample next() throws IOException {
    RankingExample next = json != null ? nextObject() : nextGroup();
    if (next == null && read == 0) {
      throw MalformedFileException.in(file, "there is no dialogue in it. Give a file with some.");
    }
    read++;
    return next;
  }

  private RankingExample nextObject() throws IOException {
    JsonNode object = json.nextObject();
    if (object == null) {
      return null;
    }
    JsonNode context = object.path("context");
    String text =
        context.isArray() ? String.join(TURN_END, texts(context, "context")) : context.asText();
    List<String> candidates = texts(object.path("candidates"), "candidates");
    JsonNode label = object.path("label");
    boolean known = label.isIntegralNumber() && label.canConvertToInt();
    if (text.isBlank() || candidates.isEmpty()) {
      throw json.malformed(
          "a dialogue needs a \"context\" with text and an array of \"candidates\". Add them.");
    }
    if (!known || label.intValue() < 0 || label.intValue() >= candidates.size()) {
      throw json.malformed(
          "the label is %s, wanted the number of a candidate from 0 to %d. Correct it."
              .formatted(label.isMissingNode() ? "missing" : label, candidates.size() - 1));
    }
    return new RankingExample(read, text, candidates, label.intValue());
  }

  private List<String> texts(JsonNode array, String key) throws MalformedFileException {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array) {
      if (!text.isTextual() || text.textValue().isBlank()) {
        throw json.malformed(
            "number %d of \"%s\" is empty or no text. Give one.".formatted(texts.size(), key));
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  private RankingExample nextGroup() throws IOException {
    if (ahead == null) {
      advance();
    }
    if (ahead == null) {
      return null;
    }
    String context = context(ahead);
    int line = aheadLine;
    List<String> candidates = new ArrayList<>();
    int right = -1;
    while (ahead != null && context(ahead).equals(context)) {
      boolean isRight = ahead[0].equals("1");
      if (isRight && right >= 0) {
        break; // two examples with one candidate each, as in the training files
      }
      right = isRight ? candidates.size() : right;
      candidates.add(ahead[ahead.length - 1]);
      advance();
    }
    if (right < 0) {
      throw MalformedFileException.saying(
          file,
          "%s, line %d: none of the %d candidate(s) of this dialogue has the label 1. Mark one."
              .formatted(file, line, candidates.size()));
    }
    return new RankingExample(read, context, candidates, right);
  }

  private static String context(String[] cells) {
    return String.join(TURN_END, Arrays.asList(cells).subList(1, cells.length - 1));
  }

  private void advance() throws IOException {
    String line = lines.next();
    while (line != null && line.isEmpty()) {
      line = lines.next();
    }
    ahead = line == null ? null : line.split("\t", -1);
    aheadLine = lines.number();
    if (ahead == null) {
      return;
    }
    if (ahead.length < 3 || !(ahead[0].equals("0") || ahead[0].equals("1"))) {
      throw lines.malformed(
          "wanted a label 0 or 1, at least one turn and a response, separated by tabs: \"%s\". Complete the line, or remove it."
              .formatted(Quoted.shortened(line)));
    }
    if (ahead[ahead.length - 1].isBlank() || context(ahead).isBlank()) {
      throw lines.malformed("a turn or the response is empty. Fill it, or remove the line.");
    }
  }

  @Override
  public void close() throws IOException {
    if (json != null) {
      json.close();
    } else {
      lines.close();
    }
  }
}
