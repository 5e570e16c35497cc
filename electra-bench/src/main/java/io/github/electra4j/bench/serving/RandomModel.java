package io.github.electra4j.bench.serving;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;

/** A model that classifies, with random weights, and texts of its words. */
final class RandomModel {
  private static final int VOCABULARY = 30_522;
  private static final int SPECIAL = 5;
  private static final double RANGE = 0.02;
  private static final int FEWEST_WORDS = 4;
  private static final int MOST_WORDS = 60;

  private RandomModel() {}

  static void write(Path folder, boolean tiny) throws IOException {
    ElectraConfig size =
        tiny ? ElectraConfig.tiny(VOCABULARY) : ElectraConfig.small().withVocabSize(VOCABULARY);
    ElectraConfig config = size.encoderOnly();
    List<TaskHead> heads =
        List.of(new TaskHead.Classification("mood", List.of("negative", "positive")));
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(config, heads), RANGE, 1);
    StringBuilder vocabulary = new StringBuilder("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n");
    for (int i = 0; i < VOCABULARY - SPECIAL; i++) {
      vocabulary.append(word(i)).append('\n');
    }
    TextSettings text =
        new TextSettings(
            vocabulary.toString().getBytes(StandardCharsets.UTF_8), true, Optional.empty());
    new Checkpoint(config, heads, weights, Optional.of(text), Optional.empty())
        .write(folder, false);
  }

  private static String word(int i) {
    return "word" + i;
  }

  /** Texts of 4 to 60 words, short ones more often; always the same. */
  static List<String> texts(int count) {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double share = random.nextDouble() * random.nextDouble();
      int words = FEWEST_WORDS + (int) (share * (MOST_WORDS - FEWEST_WORDS + 1));
      StringJoiner text = new StringJoiner(" ");
      for (int w = 0; w < words; w++) {
        text.add(word(random.nextInt(VOCABULARY - SPECIAL)));
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
