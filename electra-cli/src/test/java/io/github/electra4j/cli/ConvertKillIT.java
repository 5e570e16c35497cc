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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A conversion that is killed leaves nothing under its final name, and an older folder whole; the
 * next one clears away what it has begun. One that is asked to end leaves nothing at all.
 */
class ConvertKillIT {
  private static final long SEED = 11;
  private static final int KILLS = 3;
  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final String OLDER = "{\"model_type\": \"electra\"}";
  private static final String UNPACKED = ".electra4j-";

  @TempDir private Path folder;

  @Test
  void aKilledConversionLeavesTheOlderFolderOrNone() throws IOException, InterruptedException {
    Path source = source();
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      boolean older = kill % 2 == 1;
      Path parent = Files.createDirectory(folder.resolve("kill-" + kill));
      Path target = parent.resolve("out");
      if (older) {
        Files.createDirectories(target.resolve("discriminator"));
        Files.writeString(target.resolve("discriminator").resolve("config.json"), OLDER);
      }
      ElectraProcess process =
          ElectraProcess.start(folder, Surroundings.usual(), conversion(source, target));
      awaitWriting(process, parent);
      Thread.sleep(random.nextInt(60));
      assertEquals(
          KILLED, process.kill(), "the conversion was faster than its killer; seed=" + SEED);
      assertTrue(writing(parent), "the kill came before the first file or after the last");
      assertEquals(older, Files.exists(target));
      if (older) {
        Path settings = target.resolve("discriminator").resolve("config.json");
        assertEquals(OLDER, Files.readString(settings));
      }
      assertFalse(Files.exists(target.resolve("generator")));
      Run.of(conversion(source, target)).exits(ExitCode.OK);
      assertEquals(List.of("out"), names(parent), "after the next one; seed=" + SEED);
    }
  }

  @Test
  void aConversionThatIsAskedToEndLeavesNothing() throws IOException, InterruptedException {
    Path bundle = folder.resolve("bundle");
    Run.of("convert", source(), bundle, "--to", "tensorflow").exits(ExitCode.OK);
    Path zip = folder.resolve("electra.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : names(bundle)) {
        out.putNextEntry(new ZipEntry("electra/" + name));
        Files.copy(bundle.resolve(name), out);
        out.closeEntry();
      }
    }
    Path parent = Files.createDirectory(folder.resolve("parent"));
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    ElectraProcess process =
        ElectraProcess.start(
            folder,
            Surroundings.usual().with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch),
            conversion(zip, parent.resolve("deeper").resolve("out")));
    awaitWriting(process, parent.resolve("deeper"));
    assertTrue(names(scratch).stream().anyMatch(name -> name.startsWith(UNPACKED)));
    Run run = process.terminate().end();
    assertEquals(TERMINATED, run.code(), run::err);
    assertEquals(List.of(), names(parent));
    assertFalse(names(scratch).stream().anyMatch(name -> name.startsWith(UNPACKED)));
    assertFalse(run.err().contains("error: "), run::err);
  }

  private Path source() throws IOException {
    ElectraConfig config = ElectraConfig.small();
    Path source = folder.resolve("source");
    Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.02, 1))
        .write(source, false);
    return source;
  }

  private static Object[] conversion(Path source, Path target) {
    String weights = "pytorch,keras,safetensors";
    return new Object[] {
      "convert", source, target, "--to", "huggingface", "--weights", weights, "--overwrite"
    };
  }

  private static void awaitWriting(ElectraProcess process, Path parent)
      throws IOException, InterruptedException {
    while (process.isAlive() && !(Files.exists(parent) && writing(parent))) {
      Thread.sleep(1);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Whether a folder under another name is being filled. */
  private static boolean writing(Path parent) throws IOException {
    return names(parent).stream().anyMatch(name -> name.matches("\\.out\\..*\\.tmp"));
  }
}
