package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** One imported checkpoint computes what the original computed with it. */
class PretrainingGoldenTest {
  private static PretrainingRun run() throws IOException {
    try {
      return PretrainingRun.read(
          Path.of(
              PretrainingGoldenTest.class
                  .getResource("/golden/pretraining-electra-step0")
                  .toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void stepZeroIsReproduced() throws IOException {
    PretrainingRun run = run();
    Checkpoint checkpoint =
        TensorFlowImport.read(Golden.folder(), ImportOptions.standard().withHints(run.hints()))
            .checkpoint();
    assertEquals(run.config().withDropout(0.1, 0.1), checkpoint.config());
    StepZeroParity.assertReproduced(run, checkpoint);
  }
}
