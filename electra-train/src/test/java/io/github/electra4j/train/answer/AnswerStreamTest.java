package io.github.electra4j.train.answer;

import static io.github.electra4j.train.answer.QuestionFeaturizerTest.TOKENIZER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.FineTunedModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerStreamTest {
  private static final TaskHead.SpanAnswer HEAD = QuestionFeaturizerTest.head(4, 4);

  private static FineTunedModel model() {
    ElectraConfig config =
        new ElectraConfig(
            16, 16, 16, 2, 0.02, new EncoderConfig(16, 1, 1, 16, 0, 0), Optional.empty(), false);
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(config, List.of(HEAD)), 0.3, 9);
    return FineTunedModel.of(
        new Checkpoint(config, List.of(HEAD), weights, Optional.empty(), Optional.empty()), HEAD);
  }

  private static Question question(int id) {
    return Question.of(id, "" + id, "q", "w x y ".repeat(1 + id % 7));
  }

  @Test
  void neverMoreThanAFewBatchesAreWaiting() {
    int count = 500;
    AtomicInteger waiting = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Iterator<Question> questions =
        IntStream.range(0, count)
            .mapToObj(AnswerStreamTest::question)
            .peek(q -> most.accumulateAndGet(waiting.incrementAndGet(), Math::max))
            .iterator();
    List<String> keys = new ArrayList<>();
    try (FineTunedModel model = model()) {
      new AnswerStream(model, new QuestionFeaturizer(TOKENIZER, HEAD, 16), 4)
          .answer(
              questions,
              answer -> {
                waiting.decrementAndGet();
                keys.add(answer.question().key());
              });
    }
    assertEquals(IntStream.range(0, count).mapToObj(i -> "" + i).toList(), keys);
    assertTrue(most.get() <= 8 * 4, "questions waiting: " + most);
  }

  @Test
  void answersDoNotDependOnTheirCompany() {
    QuestionFeaturizer featurizer = new QuestionFeaturizer(TOKENIZER, HEAD, 16);
    List<Answer> together = new ArrayList<>();
    List<Answer> alone = new ArrayList<>();
    try (FineTunedModel model = model()) {
      List<Question> questions =
          IntStream.range(0, 20).mapToObj(AnswerStreamTest::question).toList();
      new AnswerStream(model, featurizer, 8).answer(questions.iterator(), together::add);
      AnswerStream single = new AnswerStream(model, featurizer, 1);
      questions.forEach(q -> single.answer(List.of(q).iterator(), alone::add));
      assertThrows(IllegalArgumentException.class, () -> new AnswerStream(model, featurizer, 0));
    }
    for (int i = 0; i < together.size(); i++) {
      assertEquals(alone.get(i).text(), together.get(i).text(), "question " + i);
      assertEquals(
          alone.get(i).nullOdds().orElseThrow(),
          together.get(i).nullOdds().orElseThrow(),
          1e-5,
          "question " + i);
    }
  }
}
