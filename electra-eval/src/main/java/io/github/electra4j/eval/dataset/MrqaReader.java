package io.github.electra4j.eval.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.answer.Question.KnownAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the files of MRQA (NewsQA, NaturalQuestions, TriviaQA, SearchQA): one paragraph per line,
 * {@code {"context": …, "qas": [{"qid": …, "question": …, "answers": […], "detected_answers":
 * [{"text": …, "char_spans": [[first, last]]}]}]}}. The first line may be a header; the file may be
 * packed by gzip.
 */
public final class MrqaReader implements QuestionReader {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Some paragraphs of TriviaQA and SearchQA are long, and questions are stored with them. */
  private static final int LONGEST_LINE_BYTES = 1 << 26;

  private final Path file;
  private final Utf8Lines lines;
  private final QuestionQueue queue;

  private MrqaReader(Path file, AnswerCheck check) throws IOException {
    this.file = file;
    this.lines = Utf8Lines.open(file, LONGEST_LINE_BYTES);
    this.queue = new QuestionQueue(check);
  }

  /** Opens a file; see {@link QuestionReader#open}. */
  public static MrqaReader open(Path file, AnswerCheck check) throws IOException {
    return new MrqaReader(file, check);
  }

  @Override
  public AnsweredQuestion next() throws IOException {
    AnsweredQuestion next = queue.poll();
    while (next == null) {
      String line = lines.next();
      if (line == null) {
        requireQuestions();
        return null;
      }
      if (!line.isBlank()) {
        read(new Paragraph(file, lines.number(), object(line)));
        next = queue.poll();
      }
    }
    return next;
  }

  @Override
  public int skipped() {
    return queue.skipped();
  }

  private void requireQuestions() throws MalformedFileException {
    if (!queue.hasSeenAny()) {
      throw MalformedFileException.in(
          file, "there is no question in it. Wanted one {\"context\": …, \"qas\": […]} per line.");
    }
  }

  private JsonNode object(String line) throws MalformedFileException {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw lines.malformed(
          "this is not JSON: %s. Get the file again.".formatted(e.getOriginalMessage()));
    }
    throw lines.malformed("this is no JSON object. Wanted {\"context\": …, \"qas\": […]}.");
  }

  private void read(Paragraph paragraph) throws MalformedFileException {
    if (lines.number() == 1 && paragraph.node().has("header")) {
      return;
    }
    for (JsonNode question : paragraph.questions()) {
      String key = paragraph.text(question, "qid", "question");
      String what = "question " + Quoted.shortened(key);
      List<String> answers = new ArrayList<>();
      if (question.has("answers")) {
        for (JsonNode answer : paragraph.array(question, "answers", what)) {
          answers.add(answer.asText());
        }
      }
      queue.add(
          paragraph,
          key,
          paragraph.text(question, "question", what),
          known(paragraph, question, what),
          answers);
    }
  }

  private static Optional<KnownAnswer> known(Paragraph paragraph, JsonNode question, String what)
      throws MalformedFileException {
    JsonNode first = question.path("detected_answers").path(0);
    if (first.isMissingNode()) {
      return Optional.empty();
    }
    int start =
        paragraph.number(
            first.path("char_spans").path(0).path(0), "the first of the char_spans of " + what);
    return Optional.of(new KnownAnswer(paragraph.text(first, "text", "answer of " + what), start));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
