package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.ExportOptions.WeightFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The libraries of HDF5 and of ND4J open their files by themselves, so that no file system of
 * Java's can let them fail. Here the operating system does: it ends the files of this process at a
 * given size.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  @TempDir Path folder;

  private static void limitFiles(String bytes) throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    Process process =
        new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + bytes + ":")
            .redirectErrorStream(true)
            .start();
    byte[] answer = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor(), new String(answer, StandardCharsets.UTF_8));
  }

  @AfterEach
  void liftTheLimit() throws IOException, InterruptedException {
    limitFiles("unlimited");
  }

  private static void write(Target form, Path target) throws IOException {
    ExportOptions keras = ExportOptions.standard().withWeightFiles(Set.of(WeightFile.KERAS));
    Conversion.from(HuggingFaceTiny.folder()).to(target, form, keras);
  }

  @Test
  void aFileOfKeras() throws Exception {
    failsWhereverTheDiskIsFull(Target.HUGGINGFACE, Path.of("discriminator", "tf_model.h5"));
  }

  @Test
  void aFileOfSameDiff() throws Exception {
    failsWhereverTheDiskIsFull(Target.SAMEDIFF, Path.of("model.fb"));
  }

  /** Nothing is left of what failed, and the next file is whole. */
  private void failsWhereverTheDiskIsFull(Target form, Path weights) throws Exception {
    Path whole = folder.resolve("whole");
    write(form, whole);
    long size = Files.size(whole.resolve(weights));
    List<Long> limits = new ArrayList<>(List.of(1L, 1000L, size - 1));
    for (int tenth = 1; tenth < 10; tenth++) {
      limits.add(size * tenth / 10);
    }
    Path out = Files.createDirectory(folder.resolve("out"));
    for (long limit : limits) {
      limitFiles(Long.toString(limit));
      assertThrows(
          IOException.class, () -> write(form, out.resolve("model")), () -> "limit " + limit);
      limitFiles("unlimited");
      assertEquals(List.of(), Golden.names(out), () -> "limit " + limit);
    }
    write(form, out.resolve("model"));
    assertEquals(size, Files.size(out.resolve("model").resolve(weights)));
    Golden.assertSame(
        Conversion.from(whole).read().checkpoint(),
        Conversion.from(out.resolve("model")).read().checkpoint());
  }
}
