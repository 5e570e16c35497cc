package io.github.electra4j.cli.demo;

import io.github.electra4j.cli.demo.world.Plausibility;
import io.github.electra4j.cli.demo.world.World;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.FineTuning;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.TextClassifier;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.util.List;

/** Is this usual or odd? A text is classified. */
record PlausibilityChallenge(List<TextExample> taught, List<TextExample> test)
    implements Challenge {
  static PlausibilityChallenge of(World world, DemoPlan plan) {
    return new PlausibilityChallenge(
        Plausibility.examples(world.taught(), plan.taughtExamples(), plan.seed()),
        Plausibility.examples(world.unseen(), plan.testExamples(), plan.seed() + 1));
  }

  @Override
  public String name() {
    return "plausibility";
  }

  @Override
  public String metric() {
    return "accuracy";
  }

  @Override
  public String sample() {
    return test.get(0).textA() + " -> " + test.get(0).label();
  }

  @Override
  public Checkpoint learn(FineTuning start) throws IOException {
    return start.onTexts(new TaskHead.Classification(name(), Plausibility.LABELS), taught);
  }

  @Override
  public double score(LoadedModel tuned) throws IOException {
    List<TextPair> texts = test.stream().map(each -> new TextPair(each.textA(), "")).toList();
    try (TextClassifier classifier = Electra.textClassifier(tuned)) {
      List<TextClassifier.Decision> decisions = classifier.classify(texts);
      int right = 0;
      for (int i = 0; i < test.size(); i++) {
        right += decisions.get(i).label().equals(test.get(i).label()) ? 1 : 0;
      }
      return 100.0 * right / test.size();
    }
  }
}
