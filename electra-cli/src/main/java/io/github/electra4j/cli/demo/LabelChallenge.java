package io.github.electra4j.cli.demo;

import io.github.electra4j.cli.demo.world.Labelling;
import io.github.electra4j.cli.demo.world.World;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.FineTuning;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.WordTagger;
import io.github.electra4j.train.task.TaggedSentence;
import java.io.IOException;
import java.util.List;

/** What is this a word for? Every word gets a label; those of the frame do not count. */
record LabelChallenge(List<TaggedSentence> taught, List<TaggedSentence> test) implements Challenge {
  private static final String NOTHING = "O";

  static LabelChallenge of(World world, DemoPlan plan) {
    return new LabelChallenge(
        Labelling.sentences(world.taught(), plan.taughtExamples(), plan.seed()),
        Labelling.sentences(world.unseen(), plan.testExamples(), plan.seed() + 1));
  }

  @Override
  public String name() {
    return "labels";
  }

  @Override
  public String metric() {
    return "accuracy";
  }

  @Override
  public String sample() {
    TaggedSentence first = test.get(0);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < first.words().size(); i++) {
      String tag = first.tags().get(i);
      shown.append(i == 0 ? "" : " ").append(first.words().get(i));
      shown.append(tag.equals(NOTHING) ? "" : "/" + tag);
    }
    return shown.toString();
  }

  @Override
  public Checkpoint learn(FineTuning start) throws IOException {
    return start.onSentences(new TaskHead.Tagging(name(), Labelling.LABELS), taught);
  }

  @Override
  public double score(LoadedModel tuned) throws IOException {
    int words = 0;
    int right = 0;
    try (WordTagger tagger = Electra.tagger(tuned)) {
      List<List<WordTagger.Word>> tagged =
          tagger.tagTexts(test.stream().map(each -> String.join(" ", each.words())).toList());
      for (int i = 0; i < test.size(); i++) {
        List<String> gold = test.get(i).tags();
        for (int word = 0; word < gold.size(); word++) {
          boolean counts = !gold.get(word).equals(NOTHING);
          words += counts ? 1 : 0;
          right += counts && gold.get(word).equals(tagged.get(i).get(word).tag()) ? 1 : 0;
        }
      }
    }
    return 100.0 * right / words;
  }
}
