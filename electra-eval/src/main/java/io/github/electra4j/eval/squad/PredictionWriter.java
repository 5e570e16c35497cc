package io.github.electra4j.eval.squad;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.answer.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes answers in the official forms as they come, keeping none: {@code predictions.json} ({@code
 * {"id": "text"}}), {@code null_odds.json} ({@code {"id": -3.25}}) and {@code
 * nbest_predictions.json} ({@code {"id": [{"text": …, "probability": …, "start_logit": …,
 * "end_logit": …}]}}). The files appear complete or not at all.
 *
 * <pre>{@code
 * try (PredictionWriter writer = PredictionWriter.create(places, OptionalDouble.empty(), false)) {
 *   stream.answer(reader.questions(), writer::write);
 *   writer.commit();
 * }
 * }</pre>
 */
public final class PredictionWriter implements Closeable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Output answers;
  private final Optional<Output> nullOdds;
  private final Optional<Output> best;
  private final OptionalDouble threshold;

  /**
   * Where the files go.
   *
   * @param predictions the answers
   * @param nullOdds how much speaks for there being none; empty to write no such file
   * @param best the best answers; empty to write no such file
   */
  public record Places(Path predictions, Optional<Path> nullOdds, Optional<Path> best) {
    /** The usual names inside a folder. */
    public static Places in(Path folder, boolean nullOdds) {
      return new Places(
          folder.resolve("predictions.json"),
          nullOdds ? Optional.of(folder.resolve("null_odds.json")) : Optional.empty(),
          Optional.of(folder.resolve("nbest_predictions.json")));
    }
  }

  /** A file that is being written. */
  private record Output(AtomicFile file, JsonGenerator json) {
    private static Output create(Path path, boolean overwrite) throws IOException {
      AtomicFile file = AtomicFile.create(path, overwrite);
      JsonGenerator json =
          MAPPER.createGenerator(Channels.newOutputStream(file.channel()), JsonEncoding.UTF8);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      return new Output(file, json);
    }

    private void commit() throws IOException {
      json.writeEndObject();
      json.writeRaw('\n');
      json.flush();
      file.commit();
    }
  }

  private PredictionWriter(
      Output answers, Optional<Output> nullOdds, Optional<Output> best, OptionalDouble threshold) {
    this.answers = answers;
    this.nullOdds = nullOdds;
    this.best = best;
    this.threshold = threshold;
  }

  /**
   * Starts the files; missing parent folders are made.
   *
   * @param threshold null odds above which the empty text is written, as for a submission; empty to
   *     write the best text always, as the original does
   * @param overwrite whether files that are there may be replaced
   * @throws java.nio.file.FileAlreadyExistsException if one is there and may not be replaced
   */
  public static PredictionWriter create(Places places, OptionalDouble threshold, boolean overwrite)
      throws IOException {
    Output answers = Output.create(places.predictions(), overwrite);
    Optional<Output> nullOdds = Optional.empty();
    try {
      if (places.nullOdds().isPresent()) {
        nullOdds = Optional.of(Output.create(places.nullOdds().get(), overwrite));
      }
      Optional<Output> best =
          places.best().isPresent()
              ? Optional.of(Output.create(places.best().get(), overwrite))
              : Optional.empty();
      return new PredictionWriter(answers, nullOdds, best, threshold);
    } catch (IOException e) {
      answers.file().close();
      if (nullOdds.isPresent()) {
        nullOdds.get().file().close();
      }
      throw e;
    }
  }

  /**
   * Adds an answer.
   *
   * @throws IllegalArgumentException if null odds are wanted and it has none
   */
  public void write(Answer answer) throws IOException {
    String id = answer.question().key();
    boolean blank = threshold.isPresent() && answer.isUnanswerable(threshold.getAsDouble());
    answers.json().writeStringField(id, blank ? "" : answer.text());
    if (nullOdds.isPresent()) {
      double odds =
          answer
              .nullOdds()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "The answer to question %s has no null odds; write no file of them."
                              .formatted(id)));
      nullOdds.get().json().writeNumberField(id, odds);
    }
    if (best.isPresent()) {
      writeBest(best.get().json(), id, answer);
    }
  }

  private static void writeBest(JsonGenerator json, String id, Answer answer) throws IOException {
    json.writeArrayFieldStart(id);
    for (Answer.Span span : answer.best()) {
      json.writeStartObject();
      json.writeStringField("text", span.text());
      json.writeNumberField("probability", span.probability());
      json.writeNumberField("start_logit", span.startScore());
      json.writeNumberField("end_logit", span.endScore());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Puts the files in their places. */
  public void commit() throws IOException {
    answers.commit();
    if (nullOdds.isPresent()) {
      nullOdds.get().commit();
    }
    if (best.isPresent()) {
      best.get().commit();
    }
  }

  /** Ends the writing; without a {@link #commit} everything written is thrown away. */
  @Override
  public void close() throws IOException {
    try {
      answers.file().close();
    } finally {
      try {
        if (nullOdds.isPresent()) {
          nullOdds.get().file().close();
        }
      } finally {
        if (best.isPresent()) {
          best.get().file().close();
        }
      }
    }
  }
}
