package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Activations;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An imported checkpoint computes what the original computed with it. */
@Tag("conformance")
class PretrainingConformanceTest {
  static List<Path> runs() {
    return SharedFolders.goldenCases("pretraining", "trace.json");
  }

  private static Checkpoint checkpoint(PretrainingRun run) throws IOException {
    // heads as the run says; a generator that was not built has none
    boolean ownGenerator =
        run.config()
            .generator()
            .filter(generator -> generator.kind() != GeneratorConfig.Kind.SHARED)
            .isPresent();
    ArchitectureHints hints =
        ownGenerator
            ? run.hints()
            : ArchitectureHints.none()
                .withAttentionHeads(run.hints().attentionHeads().orElseThrow());
    return TensorFlowImport.read(
            run.folder().resolve("model.ckpt-0"), ImportOptions.standard().withHints(hints))
        .checkpoint();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theArchitectureIsInferredFromTheTensors(Path folder) throws IOException {
    PretrainingRun run = PretrainingRun.read(folder);
    assertEquals(run.config().withDropout(0.1, 0.1), checkpoint(run).config());
    Checkpoint withReference =
        TensorFlowImport.read(
                folder.resolve("model.ckpt-0"),
                ImportOptions.standard()
                    .withHints(ArchitectureHints.none().withReference(run.config())))
            .checkpoint();
    assertEquals(run.config(), withReference.config());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void stepZeroIsReproduced(Path folder) throws IOException {
    PretrainingRun run = PretrainingRun.read(folder);
    Checkpoint checkpoint = checkpoint(run);
    StepZeroParity.assertReproduced(run, checkpoint);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theNumbersAreNotReproducedByOtherWeights(Path folder) throws IOException {
    PretrainingRun run = PretrainingRun.read(folder);
    Checkpoint checkpoint = checkpoint(run);
    String name = "electra/encoder/layer_1/output/LayerNorm/beta";
    Checkpoint other =
        checkpoint.withWeights(
            checkpoint.weights().with(Map.of(name, checkpoint.weights().get(name).add(1e-4))));
    try (Discriminator discriminator = Discriminator.of(other.config(), other.weights())) {
      boolean head = other.config().discriminatorHead();
      Activations activations =
          discriminator.activations(run.batch(head ? "corrupted_input_ids" : "masked_input_ids"));
      int index = run.transformers() - 1;
      AssertionError error =
          assertThrows(
              AssertionError.class,
              () -> run.assertActivations(index, activations, StepZeroParity.TOLERANCE));
      assertTrue(error.getMessage().contains("layer 1"), error.getMessage());
    }
  }
}
