package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "the new content".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void nothingIsThereBeforeTheCommit() throws IOException {
    Path target = folder.resolve("result.json");
    try (AtomicFile file = AtomicFile.create(target, false)) {
      file.write(NEW);
      assertFalse(Files.exists(target));
      file.commit();
      assertArrayEquals(NEW, Files.readAllBytes(target));
      assertThrows(IllegalStateException.class, file::commit);
    }
    assertEquals(2, FolderImage.of(folder).size());
  }

  @Test
  void withoutCommitNothingRemains() throws IOException {
    try (AtomicFile file = AtomicFile.create(folder.resolve("a/b/result.json"), false)) {
      file.write(NEW);
    }
    assertEquals(1, FolderImage.of(folder).size());
  }

  @Test
  void anExistingFileIsReplacedOnlyOnRequest() throws IOException {
    Path target = Files.write(folder.resolve("result.json"), OLD);
    FileAlreadyExistsException e =
        assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.write(target, NEW, false));
    assertTrue(e.getMessage().contains("--overwrite"), e.getMessage());
    assertTrue(e.getMessage().contains("result.json"), e.getMessage());
    assertArrayEquals(OLD, Files.readAllBytes(target));
    AtomicFile.write(target, NEW, true);
    assertArrayEquals(NEW, Files.readAllBytes(target));
  }

  @Test
  void aFileThatAppearsMeanwhileIsNotReplaced() throws IOException {
    Path target = folder.resolve("result.json");
    try (AtomicFile file = AtomicFile.create(target, false)) {
      file.write(NEW);
      Files.write(target, OLD);
      assertThrows(FileAlreadyExistsException.class, file::commit);
    }
    assertArrayEquals(OLD, Files.readAllBytes(target));
    assertEquals(2, FolderImage.of(folder).size());
  }

  @Test
  void aFolderIsNeverReplaced() throws IOException {
    Path target = Files.createDirectory(folder.resolve("result"));
    FileAlreadyExistsException e =
        assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(target, true));
    assertTrue(e.getMessage().contains("folder"), e.getMessage());
  }

  @Test
  void aLinkKeepsPointingToTheReplacedFile() throws IOException {
    Path real = Files.write(folder.resolve("real.json"), OLD);
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), real);
    AtomicFile.write(link, NEW, true);
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(NEW, Files.readAllBytes(real));
  }

  @Test
  void everyFailureLeavesTheOldFileOrTheWholeNewOne() throws IOException {
    for (int failAt = 0; ; failAt++) {
      Path root = Files.createDirectory(folder.resolve("case-" + failAt));
      Path target = Files.write(root.resolve("result.json"), OLD);
      Map<String, Integer> before = FolderImage.of(root);
      FailingDisk disk = FailingDisk.at(failAt);
      try (AtomicFile file = disk.file(target, true)) {
        file.write(NEW);
        file.commit();
      } catch (FailingDisk.DiskFull expected) {
        // what is left decides
      }
      if (!disk.hasFailed()) {
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertTrue(failAt >= 6, "only %d operations".formatted(failAt));
        return;
      }
      if (!FolderImage.of(root).equals(before)) {
        assertArrayEquals(NEW, Files.readAllBytes(target), "failure at operation " + failAt);
        assertEquals(2, FolderImage.of(root).size(), "failure at operation " + failAt);
      }
    }
  }
}
