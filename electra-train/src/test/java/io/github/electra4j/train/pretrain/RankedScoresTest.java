package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedScoresTest {
  @Test
  void theAreaIsTheShareOfRightlyOrderedPairs() {
    long seed = 11;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int count = 2 + random.nextInt(3000);
      float[] scores = new float[count];
      boolean[] replaced = new boolean[count];
      RankedScores ranked = new RankedScores();
      for (int i = 0; i < count; i++) {
        scores[i] = random.nextInt(1 + random.nextInt(20));
        replaced[i] = i == 0 || (i > 1 && random.nextInt(4) == 0);
        ranked.add(scores[i], replaced[i]);
      }
      assertEquals(byPairs(scores, replaced), ranked.auc(), 1e-12, "seed " + seed + " " + round);
    }
  }

  private static double byPairs(float[] scores, boolean[] replaced) {
    double halves = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (replaced[i] && !replaced[j]) {
          pairs++;
          halves += scores[i] > scores[j] ? 2 : scores[i] == scores[j] ? 1 : 0;
        }
      }
    }
    return halves / 2 / pairs;
  }

  @Test
  void withoutPairsItIsZero() {
    RankedScores ranked = new RankedScores();
    assertEquals(0, ranked.auc());
    ranked.add(1, true);
    assertEquals(0, ranked.auc());
  }
}
