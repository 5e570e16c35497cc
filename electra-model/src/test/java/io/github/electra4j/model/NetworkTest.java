package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The façades over random weights. */
class NetworkTest {
  private static final ElectraConfig CONFIG =
      ElectraConfig.tiny(50)
          .withEmbeddingSize(16)
          .withMaxPositions(40)
          .withEncoder(new EncoderConfig(32, 2, 2, 48, 0.1, 0.1))
          .withGenerator(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(16, 2, 1, 24, 0, 0), false));
  private static final WeightMap WEIGHTS = WeightMap.initialise(TensorLayout.of(CONFIG), 0.2, 5);

  @Test
  void paddingIsNeverAttended() {
    try (Discriminator discriminator = Discriminator.of(CONFIG, WEIGHTS)) {
      float[] alone = discriminator.logits(TokenBatch.of(3, 4, 5))[0];
      TokenBatch padded =
          TokenBatch.padded(
              List.of(new int[] {3, 4, 5}, new int[] {6, 7, 8, 9, 10}),
              List.of(new int[3], new int[5]),
              7);
      float[] beside = discriminator.logits(padded)[0];
      assertArrayEquals(alone, Arrays.copyOf(beside, 3), 1e-5f);
    }
  }

  @Test
  void shapesMayVaryFromCallToCall() {
    try (Discriminator discriminator = Discriminator.of(CONFIG, WEIGHTS)) {
      float[] first = discriminator.logits(TokenBatch.of(3, 4, 5))[0];
      for (int seq = 1; seq <= 40; seq += 3) {
        for (int batch = 1; batch <= 3; batch++) {
          float[][] logits = discriminator.logits(sequences(batch, seq));
          assertEquals(batch, logits.length);
          assertEquals(seq, logits[0].length);
        }
      }
      assertArrayEquals(first, discriminator.logits(TokenBatch.of(3, 4, 5))[0]);
    }
  }

  @Test
  void fourThreadsGiveTheNumbersOfOne() throws Exception {
    try (Discriminator discriminator = Discriminator.of(CONFIG, WEIGHTS)) {
      List<float[][]> expected = new ArrayList<>();
      for (int seq = 1; seq <= 20; seq++) {
        expected.add(discriminator.logits(sequences(2, seq)));
      }
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> done = new ArrayList<>();
      for (int repeat = 0; repeat < 4; repeat++) {
        for (int seq = 1; seq <= 20; seq++) {
          int length = seq;
          done.add(
              threads.submit(
                  () -> {
                    float[][] logits = discriminator.logits(sequences(2, length));
                    assertArrayEquals(expected.get(length - 1), logits);
                  }));
        }
      }
      threads.shutdown();
      for (Future<?> future : done) {
        future.get();
      }
    }
  }

  @Test
  void activationsEndInTheLogits() {
    try (Discriminator discriminator = Discriminator.of(CONFIG, WEIGHTS)) {
      TokenBatch batch = sequences(2, 6);
      Activations all = discriminator.activations(batch);
      assertArrayEquals(new long[] {2, 6, 32}, all.embeddings().shape());
      assertEquals(2, all.layers().size());
      assertArrayEquals(new long[] {2, 6, 32}, all.layers().get(1).shape());
      float[][] logits = discriminator.logits(batch);
      assertArrayEquals(logits, all.logits().toFloatMatrix());
      float[][] probabilities = discriminator.probabilities(batch);
      assertEquals(1 / (1 + Math.exp(-logits[1][2])), probabilities[1][2], 1e-6);
    }
  }

  @Test
  void generatorScoresTheAskedPositionsOnly() {
    try (Generator generator = Generator.of(CONFIG, WEIGHTS)) {
      TokenBatch batch = sequences(2, 6);
      float[][][] some = generator.logits(batch, new int[][] {{1, 4}, {0, 5}});
      float[][][] all =
          generator.logits(batch, new int[][] {{0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 4, 5}});
      assertArrayEquals(all[0][4], some[0][1], 1e-6f);
      assertArrayEquals(all[1][5], some[1][1], 1e-6f);
      assertEquals(50, some[0][0].length);
      double sum = 0;
      int[][] token = new int[2][6];
      for (int id = 0; id < 50; id++) {
        Arrays.fill(token[0], id);
        sum += Math.exp(generator.logProbabilities(batch, token)[0][3]);
      }
      assertEquals(1, sum, 1e-5);
    }
  }

  @Test
  void aTokenNeverSeesItselfThroughTheTwoTowers() {
    ElectraConfig config =
        CONFIG.withGenerator(
            new GeneratorConfig(
                GeneratorConfig.Kind.TWO_TOWER, new EncoderConfig(16, 2, 1, 24, 0, 0), false));
    WeightMap weights = WeightMap.initialise(TensorLayout.of(config), 0.2, 5);
    try (Generator generator = Generator.of(config, weights)) {
      int[][] position = {{2}};
      float[] one = generator.logits(TokenBatch.of(3, 4, 5, 6, 7), position)[0][0];
      float[] other = generator.logits(TokenBatch.of(3, 4, 9, 6, 7), position)[0][0];
      float[] neighbour = generator.logits(TokenBatch.of(3, 4, 5, 8, 7), position)[0][0];
      assertArrayEquals(one, other, 1e-6f);
      assertTrue(Math.abs(one[0] - neighbour[0]) > 1e-4);
      assertEquals(2, generator.activations(TokenBatch.of(3, 4)).size());
    }
  }

  @Test
  void anIdOutsideTheVocabularyIsNamed() {
    try (Discriminator discriminator = Discriminator.of(CONFIG, WEIGHTS)) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> discriminator.logits(TokenBatch.of(3, 50)));
      assertTrue(error.getMessage().contains("inputIds[0][1] is 50"), error.getMessage());
    }
  }

  @Test
  void aTooLongSequenceIsRefused() {
    try (Discriminator discriminator = Discriminator.of(CONFIG, WEIGHTS)) {
      assertThrows(IllegalArgumentException.class, () -> discriminator.logits(sequences(1, 41)));
    }
  }

  @Test
  void anEncoderWithoutHeadSaysSo() {
    ElectraConfig encoderOnly = CONFIG.encoderOnly();
    WeightMap weights = WEIGHTS.subset(TensorLayout.of(encoderOnly));
    try (Discriminator discriminator = Discriminator.of(encoderOnly, weights)) {
      assertThrows(IllegalStateException.class, () -> discriminator.logits(TokenBatch.of(3)));
      assertTrue(discriminator.activations(TokenBatch.of(3)).logits().isEmpty());
    }
    assertThrows(IllegalArgumentException.class, () -> Generator.of(encoderOnly, weights));
  }

  private static TokenBatch sequences(int batch, int seq) {
    List<int[]> ids = new ArrayList<>();
    List<int[]> types = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      int[] row = new int[seq];
      for (int i = 0; i < seq; i++) {
        row[i] = (7 * b + 3 * i + 1) % 50;
      }
      ids.add(row);
      types.add(new int[seq]);
    }
    return TokenBatch.padded(ids, types, seq);
  }
}
