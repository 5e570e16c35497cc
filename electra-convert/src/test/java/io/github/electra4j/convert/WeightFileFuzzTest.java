package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged weight files are accepted, where nothing tells, or refused with the typed error. */
class WeightFileFuzzTest {
  private static final int MUTANTS = 300;
  private static final long SEED = 20200323;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(FuzzedFormat.class)
  void everyMutantIsAcceptedOrRefused(FuzzedFormat format) throws IOException {
    int accepted = format.run(folder, MUTANTS, SEED, where -> {});
    assertTrue(accepted < MUTANTS, () -> accepted + " accepted");
  }
}
