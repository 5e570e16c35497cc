package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.electra4j.model.Activations;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;
import java.util.List;

/** Compares what a checkpoint computes with what the original computed in step 0 of a run. */
final class StepZeroParity {
  static final double TOLERANCE = 1e-5;

  private StepZeroParity() {}

  /**
   * Fails unless embeddings, all layers, vocabulary logits and replaced-token probabilities of
   * every transformer of the run are reproduced.
   */
  static void assertReproduced(PretrainingRun run, Checkpoint checkpoint) {
    int transformers = generator(run, checkpoint);
    if (checkpoint.config().discriminatorHead()) {
      discriminator(run, checkpoint, transformers);
      transformers++;
    } else {
      assertFalse(run.has("disc_probs"));
    }
    assertEquals(run.transformers(), transformers, "every transformer was compared");
  }

  /** Compares the generator; returns the number of transformers it has. */
  private static int generator(PretrainingRun run, Checkpoint checkpoint) {
    int[][] positions = run.ints("masked_lm_positions");
    if (checkpoint.config().generator().isEmpty()) {
      double[] logits = run.values("mlm_logits");
      assertArrayEquals(new double[logits.length], logits, "a uniform generator has zero logits");
      return 0;
    }
    try (Generator generator = Generator.of(checkpoint.config(), checkpoint.weights())) {
      TokenBatch batch = run.batch(textOf(checkpoint));
      List<Activations> towers = generator.activations(batch);
      for (int i = 0; i < towers.size(); i++) {
        run.assertActivations(i, towers.get(i), TOLERANCE);
      }
      float[][][] logits = generator.logits(batch, positions);
      run.assertWithin(
          "mlm_logits", Arrays.stream(logits).flatMap(Arrays::stream).toList(), TOLERANCE);
      return towers.size();
    }
  }

  private static void discriminator(PretrainingRun run, Checkpoint checkpoint, int index) {
    TokenBatch corrupted = run.batch("corrupted_input_ids");
    try (Discriminator discriminator =
        Discriminator.of(checkpoint.config(), checkpoint.weights())) {
      run.assertActivations(index, discriminator.activations(corrupted), TOLERANCE);
      float[][] probabilities = discriminator.probabilities(corrupted);
      if (isElectric(run)) {
        probabilities =
            discriminator.electricProbabilities(
                corrupted, noise(run, checkpoint), run.maskProbability());
      }
      run.assertWithin("disc_probs", List.of(probabilities), TOLERANCE);
    }
  }

  /** Log-probability of every corrupted token under the generator, which reads the text. */
  private static float[][] noise(PretrainingRun run, Checkpoint checkpoint) {
    try (Generator generator = Generator.of(checkpoint.config(), checkpoint.weights())) {
      return generator.logProbabilities(
          run.batch(textOf(checkpoint)), run.ints("corrupted_input_ids"));
    }
  }

  /** Two towers never see the token that they predict, so that nothing is masked for them. */
  private static String textOf(Checkpoint checkpoint) {
    GeneratorConfig.Kind kind = checkpoint.config().generator().orElseThrow().kind();
    return kind == GeneratorConfig.Kind.TWO_TOWER ? "input_ids" : "masked_input_ids";
  }

  private static boolean isElectric(PretrainingRun run) {
    return run.trace().required("config").required("electric_objective").asBoolean();
  }
}
