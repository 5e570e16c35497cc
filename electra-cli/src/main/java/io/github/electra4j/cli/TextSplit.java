package io.github.electra4j.cli;

import io.github.electra4j.eval.CacheKey;
import io.github.electra4j.eval.Prediction;
import io.github.electra4j.eval.Scoring;
import io.github.electra4j.eval.dataset.ClassTarget;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.Target;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TextExample;
import io.github.electra4j.train.task.UnorderedPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * A split of texts or pairs with a class or a score each.
 *
 * @param split as it was read
 * @param head classification or regression
 * @param doubled whether every pair is learnt in both orders
 */
record TextSplit(GlueSplit split, TaskHead head, boolean doubled) implements TaskSplit {
  /** Above this, the most frequent class is that many times as frequent as the rarest. */
  private static final double IMBALANCE = 3;

  private static final int MOST_CLASSES_SHOWN = 20;

  @Override
  public String name() {
    return split.name();
  }

  @Override
  public Path file() {
    return split.file();
  }

  @Override
  public int size() {
    return split.examples().size();
  }

  @Override
  public boolean partial() {
    return split.partial();
  }

  @Override
  public boolean labelled() {
    return split.labelled();
  }

  @Override
  public List<TaskExample> features(Reading reading) throws IOException {
    List<TextExample> texts = doubled ? UnorderedPairs.doubled(split.examples()) : split.examples();
    Featurizer featurizer = new Featurizer(reading.tokenizer(), head, reading.maxSeqLength());
    if (reading.cache().isEmpty()) {
      return featurizer.examples(texts);
    }
    CacheKey key = FeatureCache.key(this, reading, doubled ? "both orders" : "texts");
    return reading.cache().get().features(key, () -> featurizer.examples(texts));
  }

  @Override
  public SplitScore score(FineTunedModel model, Reading reading, IntConsumer progress)
      throws IOException {
    TextSplit once = new TextSplit(split, head, false);
    float[][] outputs = model.outputs(once.features(reading), reading.batchSize(), progress);
    List<Prediction> predictions = Prediction.all(split.task(), split.examples(), outputs);
    List<SplitScore.Sample> samples = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      samples.add(
          new SplitScore.Sample(
              Long.toString(predictions.get(i).id()),
              split.examples().get(i).label(),
              predictions.get(i).answer()));
    }
    return new SplitScore(Scoring.score(split, outputs), samples, degenerate(samples));
  }

  private static Optional<String> degenerate(List<SplitScore.Sample> samples) {
    Set<String> answers = new HashSet<>();
    Set<String> gold = new HashSet<>();
    for (SplitScore.Sample sample : samples) {
      answers.add(sample.answer());
      gold.add(sample.gold());
    }
    return answers.size() == 1 && gold.size() > 1
        ? Optional.of("every answer is \"%s\"".formatted(answers.iterator().next()))
        : Optional.empty();
  }

  @Override
  public List<String> remarks() {
    Target target = split.task().target();
    if (!(target instanceof ClassTarget)) {
      return List.of();
    }
    Map<String, Integer> counts = new TreeMap<>();
    split.examples().forEach(example -> counts.merge(example.label(), 1, Integer::sum));
    int most = counts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    int fewest = counts.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    if (most < IMBALANCE * fewest || counts.size() < 2) {
      return List.of();
    }
    StringBuilder shares = new StringBuilder();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_CLASSES_SHOWN)
        .forEach(
            each ->
                shares.append(
                    String.format(
                        Locale.ROOT,
                        ", %s %,d (%.1f %%)",
                        each.getKey(),
                        each.getValue(),
                        100.0 * each.getValue() / size())));
    return List.of(
        "The classes are imbalanced: %s. Whoever always says the first is right that often; judge by more than accuracy."
            .formatted(shares.substring(2)));
  }
}
