package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.masking.MaskedBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnigramLossTest {
  private static final int CLS = 1;
  private static final int MASK = 2;
  private static final int A = 3;
  private static final int B = 4;
  private static final int C = 5;

  /**
   * The text {@code A A B C} after {@code [CLS]}: the first A is masked, B is chosen but readable,
   * a third slot is unused.
   */
  private static MaskedBatch batch() {
    int[][] ids = {{CLS, A, A, B, C}};
    int[][] all = {{1, 1, 1, 1, 1}};
    return new MaskedBatch(
        new TokenBatch(ids, all, new int[1][5]),
        new int[][] {{CLS, MASK, A, B, C}},
        new int[][] {{0, 1, 1, 1, 1}},
        new int[][] {{1, 3, 0}},
        new int[][] {{A, B, 0}},
        new float[][] {{1, 1, 0}},
        new long[1]);
  }

  @ParameterizedTest(name = "reads the chosen tokens: {0}")
  @CsvSource({"true, 0.34657359", "false, 1.03972077"}) // ln 2 / 2 and (ln 2 + ln 4) / 2
  void aModelWithoutContextKnowsFrequencies(boolean readsChosen, double expected) {
    UnigramLoss loss = new UnigramLoss(readsChosen);
    loss.add(batch());
    assertEquals(expected, loss.mean(), 1e-8);
    loss.add(batch());
    assertEquals(expected, loss.mean(), 1e-8, "the same text twice has the same frequencies");
  }

  @Test
  void nothingChosenIsNoLoss() {
    assertEquals(0, new UnigramLoss(true).mean());
  }
}
