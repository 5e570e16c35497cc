package example;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.TextClassifier;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fine-tunes a model on a few sentences and classifies others. */
public final class Moods {
  private static final String VOCABULARY =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ngood\nbad\nfilm\na\nthe\n.\n";
  private static final TaskHead HEAD =
      new TaskHead.Classification("mood", List.of("bad", "good"));

  private Moods() {}

  /** Writes a small model with random weights; who has a pre-trained one takes its folder. */
  static void start(Path folder) throws IOException {
    ElectraConfig config = ElectraConfig.tiny((int) VOCABULARY.lines().count());
    WeightMap weights = WeightMap.initialise(TensorLayout.of(config), 0.05, 3);
    TextSettings text =
        new TextSettings(VOCABULARY.getBytes(StandardCharsets.UTF_8), true, Optional.empty());
    new Checkpoint(config, List.of(), weights, Optional.of(text), Optional.empty())
        .write(folder, false);
  }

  /** Fine-tunes the model of one folder into another. */
  static void learn(Path from, Path to) throws IOException {
    List<TextExample> examples = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      String word = i % 2 == 0 ? "good" : "bad";
      examples.add(
          new TextExample(i, (i % 3 == 0 ? "the " : "a ") + word + " film.", "", word));
    }
    Electra.fineTune(from)
        .with(config -> config.withEpochs(12).withBatchSize(8).withLearningRate(1e-3))
        .onTexts(HEAD, examples)
        .write(to, false);
  }

  /** The command. */
  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("moods");
    start(work.resolve("start"));
    learn(work.resolve("start"), work.resolve("mood"));
    try (TextClassifier classifier = Electra.textClassifier(work.resolve("mood"))) {
      System.out.println(classifier.classify("The good film."));
    }
  }
}
