package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.cli.ElectraProcess.Surroundings;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversion that is killed leaves nothing under its final name, and an older folder whole. */
class ConvertKillIT {
  private static final long SEED = 11;
  private static final int KILLS = 3;
  private static final int KILLED = 137;

  @TempDir private Path folder;

  @Test
  void aKilledConversionLeavesTheOlderFolderOrNone() throws IOException, InterruptedException {
    ElectraConfig config = ElectraConfig.small();
    Path source = folder.resolve("source");
    Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.02, 1))
        .write(source, false);
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      boolean older = kill % 2 == 1;
      Path parent = Files.createDirectory(folder.resolve("kill-" + kill));
      Path target = parent.resolve("out");
      if (older) {
        Files.createDirectories(target.resolve("discriminator"));
        Files.writeString(target.resolve("discriminator").resolve("config.json"), "older");
      }
      ElectraProcess process =
          ElectraProcess.start(
              folder,
              Surroundings.usual(),
              "convert",
              source,
              target,
              "--to",
              "huggingface",
              "--weights",
              "pytorch,keras,safetensors",
              "--overwrite");
      while (process.isAlive() && !writing(parent)) {
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(60));
      assertEquals(
          KILLED, process.kill(), "the conversion was faster than its killer; seed=" + SEED);
      assertTrue(writing(parent), "the kill came before the first file or after the last");
      assertEquals(older, Files.exists(target));
      if (older) {
        Path settings = target.resolve("discriminator").resolve("config.json");
        assertEquals("older", Files.readString(settings));
      }
      assertFalse(Files.exists(target.resolve("generator")));
    }
  }

  /** Whether a folder under another name is being filled. */
  private static boolean writing(Path parent) throws IOException {
    try (Stream<Path> siblings = Files.list(parent)) {
      return siblings.anyMatch(path -> path.getFileName().toString().startsWith(".out."));
    }
  }
}
