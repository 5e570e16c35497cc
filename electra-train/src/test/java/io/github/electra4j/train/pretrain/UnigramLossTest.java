package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.masking.MaskingRules;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnigramLossTest {
  private static final MaskingRules.SpecialIds SPECIAL = new MaskingRules.SpecialIds(0, 1, 2);
  private static final int A = 3;
  private static final int B = 4;
  private static final int C = 5;
  private static final int VOCAB = 6;

  /** Counts A, A, B and C; padding and special tokens are none. */
  private static TokenFrequencies frequencies() throws IOException {
    int[][] ids = {
      {SPECIAL.cls(), A, A, B, SPECIAL.sep()}, {SPECIAL.cls(), C, SPECIAL.sep(), A, A}
    };
    int[][] real = {{1, 1, 1, 1, 1}, {1, 1, 1, 0, 0}};
    TokenBatch text = new TokenBatch(ids, real, new int[2][5]);
    return TokenFrequencies.of(ExampleSource.of(text), SPECIAL, VOCAB);
  }

  @Test
  void everyTokenCountsOnceMoreThanItOccurs() throws IOException {
    TokenFrequencies frequencies = frequencies();
    assertEquals(Math.log(3 / 10.0), frequencies.logShare(A), 1e-12);
    assertEquals(Math.log(2 / 10.0), frequencies.logShare(C), 1e-12);
    assertEquals(Math.log(1 / 10.0), frequencies.logShare(SPECIAL.sep()), 1e-12);
  }

  /** Of a long text every so manieth example is counted, from its first to its end. */
  @Test
  void aLongTextIsSampledEvenly() throws IOException {
    int[][] ids = new int[60_000][];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = new int[] {row < 30_000 ? A : row < 45_000 ? B : C};
    }
    int[][] real = new int[ids.length][];
    Arrays.fill(real, new int[] {1});
    TokenBatch text = new TokenBatch(ids, real, new int[ids.length][1]);
    TokenFrequencies frequencies = TokenFrequencies.of(ExampleSource.of(text), SPECIAL, VOCAB);
    assertEquals(Math.log(10_001 / 20_006.0), frequencies.logShare(A), 1e-12);
    assertEquals(Math.log(5_001 / 20_006.0), frequencies.logShare(B), 1e-12);
    assertEquals(Math.log(5_001 / 20_006.0), frequencies.logShare(C), 1e-12);
  }

  /** A is masked, B is chosen but readable, a third slot is unused. */
  @ParameterizedTest(name = "reads the chosen tokens: {0}")
  @CsvSource({"true, 0.60198640", "false, 1.40670536"}) // -ln 0.3 / 2 and -(ln 0.3 + ln 0.2) / 2
  void aModelWithoutContextKnowsFrequencies(boolean readsChosen, double expected)
      throws IOException {
    UnigramLoss loss = new UnigramLoss(frequencies(), readsChosen);
    loss.add(
        new MaskedBatch(
            new TokenBatch(new int[][] {{0, A, B}}, new int[][] {{1, 1, 1}}, new int[1][3]),
            new int[][] {{0, SPECIAL.mask(), B}},
            new int[][] {{0, 1, 1}},
            new int[][] {{1, 2, 0}},
            new int[][] {{A, B, 0}},
            new float[][] {{1, 1, 0}},
            new long[1]));
    assertEquals(expected, loss.mean(), 1e-8);
  }

  @Test
  void nothingChosenIsNoLoss() throws IOException {
    assertEquals(0, new UnigramLoss(frequencies(), true).mean());
  }
}
