package io.github.electra4j.eval.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.answer.Question.KnownAnswer;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads SQuAD 1.1 and 2.0: {@code {"data": [{"paragraphs": [{"context": …, "qas": [{"id": …,
 * "question": …, "answers": [{"text": …, "answer_start": …}], "is_impossible": …}]}]}]}}. The file
 * may be packed by gzip. A question without the key {@code answers} is one to predict.
 */
public final class SquadReader implements QuestionReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PARAGRAPHS = "paragraphs";

  private final Path file;
  private final InputStream in;
  private final JsonParser parser;
  private final QuestionQueue queue;

  private SquadReader(Path file, InputStream in, AnswerCheck check) throws IOException {
    this.file = file;
    this.in = in;
    this.parser = MAPPER.createParser(in);
    this.queue = new QuestionQueue(check);
  }

  /** Opens a file; see {@link QuestionReader#open}. */
  public static SquadReader open(Path file, AnswerCheck check) throws IOException {
    return new SquadReader(file, DataFile.open(file), check);
  }

  @Override
  public AnsweredQuestion next() throws IOException {
    AnsweredQuestion next = queue.poll();
    while (next == null) {
      Optional<Paragraph> paragraph = nextParagraph();
      if (paragraph.isEmpty()) {
        return null;
      }
      for (JsonNode question : paragraph.get().questions()) {
        add(paragraph.get(), question);
      }
      next = queue.poll();
    }
    return next;
  }

  @Override
  public int skipped() {
    return queue.skipped();
  }

  private Optional<Paragraph> nextParagraph() throws IOException {
    try {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT && isParagraph(parser.getParsingContext())) {
          long line = parser.currentTokenLocation().getLineNr();
          return Optional.of(new Paragraph(file, line, parser.readValueAsTree()));
        }
      }
    } catch (JsonProcessingException e) {
      throw MalformedFileException.saying(
          file,
          "%s, line %d: this is not JSON in UTF-8: %s. Get the file again."
              .formatted(file, line(e), e.getOriginalMessage()));
    } catch (CharConversionException e) {
      throw MalformedFileException.in(file, "it is not JSON in UTF-8. Get the file again.", e);
    }
    if (!queue.hasSeenAny()) {
      throw MalformedFileException.in(
          file,
          "there is no question in it. Wanted {\"data\": [{\"paragraphs\": [{\"context\": …, "
              + "\"qas\": […]}]}]}.");
    }
    return Optional.empty();
  }

  private long line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  private static boolean isParagraph(JsonStreamContext object) {
    JsonStreamContext array = object.getParent();
    return array != null
        && array.inArray()
        && array.getParent() != null
        && PARAGRAPHS.equals(array.getParent().getCurrentName());
  }

  private void add(Paragraph paragraph, JsonNode question) throws MalformedFileException {
    String key = paragraph.text(question, "id", "question");
    String what = "question " + Quoted.shortened(key);
    List<String> answers = new ArrayList<>();
    List<KnownAnswer> known = new ArrayList<>();
    if (question.has("answers")) {
      for (JsonNode answer : paragraph.array(question, "answers", what)) {
        String text = paragraph.text(answer, "text", "answer of " + what);
        answers.add(text);
        if (known.isEmpty()) {
          int start = paragraph.number(answer.path("answer_start"), "the answer_start of " + what);
          known.add(new KnownAnswer(text, start));
        }
      }
    }
    boolean impossible = question.path("is_impossible").asBoolean(false);
    if (impossible && !answers.isEmpty()) {
      throw paragraph.malformed(
          "%s is_impossible but has answers. Remove the one or the others.".formatted(what));
    }
    Optional<KnownAnswer> first =
        impossible ? Optional.of(KnownAnswer.none()) : known.stream().findFirst();
    queue.add(paragraph, key, paragraph.text(question, "question", what), first, answers);
  }

  @Override
  public void close() throws IOException {
    try {
      parser.close();
    } finally {
      in.close();
    }
  }
}
