package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.metric.ChunkTally;
import io.github.electra4j.eval.metric.TagScheme;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.train.chunk.ChunkDecoding;
import io.github.electra4j.train.task.TaggedSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Public data sets have the numbers of examples that their publishers say. */
@Tag("conformance")
class PublicDataConformanceTest {
  @ParameterizedTest
  @CsvSource({
    "train-v1.1.reconstructed.json.gz, 87599, 87599",
    "dev-v1.1.reconstructed.json, 10570, 34726",
    "dev-v2.0.reconstructed.json, 11873, 20302",
    "cs224n-half/dev-v2.0.json, 6078, 10052"
  })
  void squadHasItsQuestionsAndAnswers(String name, int questions, int answers) throws IOException {
    Path file = SharedFolders.data("squad").resolve(name);
    int asked = 0;
    int answered = 0;
    try (QuestionReader reader = QuestionReader.open(file, AnswerCheck.SKIP)) {
      for (AnsweredQuestion next = reader.next(); next != null; next = reader.next()) {
        asked++;
        answered += next.answers().size();
      }
      assertEquals(0, reader.skipped());
    }
    assertEquals(questions, asked);
    assertEquals(answers, answered);
  }

  static List<Path> chunkFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(SharedFolders.data("conll2000"))) {
      found.filter(file -> file.toString().endsWith(".txt")).forEach(files::add);
    }
    assertTrue(files.size() >= 2, files.toString());
    return files;
  }

  @ParameterizedTest
  @MethodSource("chunkFiles")
  void chunksAreWellFormedSoThatBothRulesAgree(Path file) throws IOException {
    ChunkTally tally = new ChunkTally(ChunkDecoding.CONLLEVAL);
    for (TaggedSentence next : ConllReader.read(file, ConllLayout.usual(TagScheme.BIO))) {
      tally.add(next.tags(), next.tags());
      assertEquals(
          ChunkDecoding.ORIGINAL.chunks(next.tags()), ChunkDecoding.CONLLEVAL.chunks(next.tags()));
    }
    boolean test = file.endsWith("test.txt");
    assertEquals(test ? 47377 : 211727, tally.words());
    assertEquals(test ? 23852 : 106978, tally.overall().correct());
  }

  @Test
  void germEvalHasItsColumns() throws IOException {
    Path file = SharedFolders.data("glue/hf-tests_samples/GermEval/dev.txt");
    List<TaggedSentence> sentences = ConllReader.read(file, ConllLayout.usual(TagScheme.BIO));
    assertTrue(sentences.size() > 1, sentences.toString());
  }
}
