package io.github.electra4j.eval.dataset;

import io.github.electra4j.train.answer.Question;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The questions of a file, one after the other; only one paragraph and a short fingerprint of every
 * id are in memory, so that the number of questions does not matter.
 *
 * <pre>{@code
 * try (QuestionReader reader = QuestionReader.open(Path.of("dev-v2.0.json"), AnswerCheck.NONE)) {
 *   for (AnsweredQuestion next = reader.next(); next != null; next = reader.next()) {
 *     System.out.println(next.question().key() + " " + next.answers());
 *   }
 * }
 * }</pre>
 */
public sealed interface QuestionReader extends Closeable permits SquadReader, MrqaReader {
  /**
   * A reader for files in SQuAD's format, or in MRQA's if the name ends in {@code .jsonl} or {@code
   * .jsonl.gz}.
   *
   * @throws java.io.FileNotFoundException if the file is not there
   */
  static QuestionReader open(Path file, AnswerCheck check) throws IOException {
    return DataFile.unpackedName(file).endsWith(".jsonl")
        ? MrqaReader.open(file, check)
        : SquadReader.open(file, check);
  }

  /**
   * The next question, or null after the last.
   *
   * @throws io.github.electra4j.model.storage.MalformedFileException if what follows is no question
   *     of the format, or if there was none at all
   */
  AnsweredQuestion next() throws IOException;

  /** How many questions were left out so far, see {@link AnswerCheck#SKIP}. */
  int skipped();

  /**
   * What is left as an iterator, e.g. for {@link io.github.electra4j.train.answer.AnswerStream}; an
   * {@link IOException} comes wrapped in {@link UncheckedIOException}.
   */
  default Iterator<Question> questions() {
    return new Iterator<>() {
      private AnsweredQuestion next = advance();

      private AnsweredQuestion advance() {
        try {
          return QuestionReader.this.next();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Question next() {
        if (next == null) {
          throw new NoSuchElementException("There is no further question.");
        }
        Question question = next.question();
        next = advance();
        return question;
      }
    };
  }
}
