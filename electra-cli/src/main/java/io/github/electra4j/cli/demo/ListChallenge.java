package io.github.electra4j.cli.demo;

import io.github.electra4j.cli.demo.world.Lists;
import io.github.electra4j.cli.demo.world.World;
import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.eval.metric.SpanTally;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.FineTuning;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.QuestionAnswerer;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Which word of a list is a tool, which a town? A question is answered with a part of a text. */
record ListChallenge(List<AnsweredQuestion> taught, List<AnsweredQuestion> test)
    implements Challenge {
  private static final int MOST_QUESTION_TOKENS = 10;
  private static final int STRIDE = 8;

  static ListChallenge of(World world, DemoPlan plan) {
    return new ListChallenge(
        Lists.questions(world.taught(), plan.taughtExamples(), plan.seed()),
        Lists.questions(world.unseen(), plan.testExamples(), plan.seed() + 1));
  }

  @Override
  public String name() {
    return "lists";
  }

  @Override
  public String metric() {
    return "exact match";
  }

  @Override
  public String sample() {
    AnsweredQuestion first = test.get(0);
    return "%s %s -> %s"
        .formatted(first.question().context(), first.question().text(), first.answers().get(0));
  }

  @Override
  public Checkpoint learn(FineTuning start) throws IOException {
    SpanSettings settings =
        SpanSettings.defaults()
            .withAnswerability(SpanSettings.Answerability.none())
            .withWindows(new SpanSettings.Windows(MOST_QUESTION_TOKENS, STRIDE));
    return start.onQuestions(
        new TaskHead.SpanAnswer(name(), false, settings),
        taught.stream().map(AnsweredQuestion::question).toList());
  }

  @Override
  public double score(LoadedModel tuned) throws IOException {
    SpanTally tally = new SpanTally(SpanTally.Missing.COUNTS_AS_WRONG);
    try (QuestionAnswerer answerer = Electra.questionAnswering(tuned)) {
      Iterator<AnsweredQuestion> asked = test.iterator();
      answerer.answers(
          test.stream().map(AnsweredQuestion::question).iterator(),
          answer -> tally.add(asked.next().answers(), Optional.of(answer.text())));
    }
    return tally.scores().get("exact_match");
  }
}
