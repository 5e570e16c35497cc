package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
  private static final FolderKind KIND =
      new FolderKind("a result", Set.of("main.txt"), "extra.txt"::equals);

  @TempDir Path root;

  @Test
  void nothingIsThereBeforeTheCommit() throws IOException {
    Path target = root.resolve("made/too/out");
    try (AtomicFolder folder = AtomicFolder.create(target, KIND, false)) {
      fill(folder, "new");
      assertFalse(Files.exists(target));
      assertEquals(target.toAbsolutePath(), folder.target());
      folder.commit();
      assertEquals("new", Files.readString(target.resolve("main.txt")));
      assertThrows(IllegalStateException.class, folder::commit);
    }
    assertEquals(
        Set.of("", "made", "made/too", "made/too/out", "made/too/out/main.txt"),
        FolderImage.of(root).keySet());
  }

  @Test
  void withoutCommitNothingRemains() throws IOException {
    try (AtomicFolder folder = AtomicFolder.create(root.resolve("made/out"), KIND, false)) {
      fill(folder, "new");
      Files.createDirectory(folder.temporary().resolve("deeper"));
    }
    assertEquals(Set.of(""), FolderImage.of(root).keySet());
  }

  @Test
  void foldersMadeOnTheWayStayIfSomebodyUsesThem() throws IOException {
    try (AtomicFolder folder = AtomicFolder.create(root.resolve("made/out"), KIND, false)) {
      fill(folder, "new");
      Files.writeString(root.resolve("made/other.txt"), "not ours");
    }
    assertEquals(Set.of("", "made", "made/other.txt"), FolderImage.of(root).keySet());
  }

  @Test
  void anEmptyFolderCountsAsAbsent() throws IOException {
    Path target = Files.createDirectory(root.resolve("out"));
    commit(target, "new", false);
    assertEquals(Set.of("", "out", "out/main.txt"), FolderImage.of(root).keySet());
  }

  @Test
  void anOlderResultIsReplacedOnlyOnRequest() throws IOException {
    Path target = root.resolve("out");
    commit(target, "old", false);
    Files.writeString(target.resolve("extra.txt"), "old");
    Map<String, Integer> before = FolderImage.of(root);
    assertTrue(refusal(target, false).contains("--overwrite"));
    assertEquals(before, FolderImage.of(root));
    commit(target, "new", true);
    assertEquals("new", Files.readString(target.resolve("main.txt")));
    assertEquals(Set.of("", "out", "out/main.txt"), FolderImage.of(root).keySet());
  }

  @Test
  void whatIsNoResultIsNeverReplaced() throws IOException {
    Path target = root.resolve("out");
    commit(target, "old", false);
    Files.writeString(target.resolve("thesis.tex"), "years of work");
    assertTrue(refusal(target, true).contains("holds thesis.tex"));
    Files.delete(target.resolve("thesis.tex"));
    Files.createDirectory(target.resolve("extra.txt"));
    assertTrue(refusal(target, true).contains("holds extra.txt"));
    Files.delete(target.resolve("extra.txt"));
    Files.move(target.resolve("main.txt"), target.resolve("extra.txt"));
    assertTrue(refusal(target, true).contains("has no main.txt"));
    Path file = Files.writeString(root.resolve("file"), "content");
    assertTrue(refusal(file, true).contains("this is a file"));
    assertEquals("content", Files.readString(file));
  }

  @Test
  void aResultMayHaveFoldersWithinIt() throws IOException {
    FolderKind nested = new FolderKind("a pair", Set.of("left/main.txt"), "right/main.txt"::equals);
    Path target = root.resolve("out");
    for (String content : List.of("old", "new")) {
      try (AtomicFolder folder = AtomicFolder.create(target, nested, true)) {
        Files.createDirectory(folder.temporary().resolve("left"));
        folder.write("left/main.txt", content.getBytes(StandardCharsets.UTF_8));
        folder.commit();
      }
      assertEquals(content, Files.readString(target.resolve("left/main.txt")));
    }
    Files.createDirectory(target.resolve("right"));
    String empty =
        assertThrows(
                FileAlreadyExistsException.class, () -> AtomicFolder.create(target, nested, true))
            .getMessage();
    assertTrue(empty.contains("the folder holds right, which"), empty);
    Files.writeString(target.resolve("right/mine.txt"), "mine");
    String strange =
        assertThrows(
                FileAlreadyExistsException.class, () -> AtomicFolder.create(target, nested, true))
            .getMessage();
    assertTrue(strange.contains("the folder holds right/mine.txt, which"), strange);
  }

  @Test
  void aRootHasNoPlaceBesideIt() {
    IOException e =
        assertThrows(IOException.class, () -> AtomicFolder.create(root.getRoot(), KIND, true));
    assertTrue(e.getMessage().contains("give a path below it"), e.getMessage());
  }

  @Test
  void everyFailureLeavesTheOldFolderAndNothingElse() throws IOException {
    for (int failAt = 0; ; failAt++) {
      Path place = Files.createDirectory(root.resolve("case-" + failAt));
      commit(place.resolve("out"), "old", false);
      Map<String, Integer> before = FolderImage.of(place);
      FailingDisk disk = FailingDisk.at(failAt);
      boolean thrown = false;
      try (AtomicFolder folder = disk.folder(place.resolve("out"), KIND, true)) {
        fill(folder, "new");
        folder.commit();
      } catch (FailingDisk.DiskFull expected) {
        thrown = true;
      }
      assertEquals(disk.hasFailed(), thrown, "failure at operation " + failAt);
      if (!thrown) {
        assertEquals("new", Files.readString(place.resolve("out/main.txt")));
        assertTrue(failAt >= 9, "only %d operations".formatted(failAt));
        return;
      }
      assertEquals(before, FolderImage.of(place), "failure at operation " + failAt);
    }
  }

  @Test
  void everyFailureOfAFirstWriteLeavesNothing() throws IOException {
    for (int failAt = 0; ; failAt++) {
      Path place = Files.createDirectory(root.resolve("case-" + failAt));
      FailingDisk disk = FailingDisk.at(failAt);
      try (AtomicFolder folder = disk.folder(place.resolve("made/too/out"), KIND, false)) {
        fill(folder, "new");
        folder.commit();
      } catch (FailingDisk.DiskFull expected) {
        assertEquals(Set.of(""), FolderImage.of(place).keySet(), "failure at " + failAt);
      }
      if (!disk.hasFailed()) {
        assertEquals("new", Files.readString(place.resolve("made/too/out/main.txt")));
        return;
      }
    }
  }

  @Test
  void anInterruptedReplacementIsFound() throws IOException {
    Path target = root.resolve("out");
    assertEquals(List.of(), AtomicFolder.interrupted(target));
    Path aside = Files.createDirectory(root.resolve(".out.0123abcd.old"));
    Files.createDirectory(root.resolve(".other.0123abcd.old"));
    assertEquals(List.of(aside), AtomicFolder.interrupted(target));
    assertEquals(List.of(), AtomicFolder.interrupted(root.resolve("absent/out")));
  }

  @Test
  void whatAKilledProcessHasBegunIsDeletedByTheNext() throws IOException {
    Path begun = Files.createDirectories(root.resolve(".out.0123abcd.tmp/deeper"));
    Files.writeString(begun.resolve("half.txt"), "half of it");
    Files.createFile(root.resolve(".out.0123abcd.lock"));
    Files.createFile(root.resolve(".out.89ab4567.lock"));
    Files.createFile(root.resolve(".out.tmp"));
    Files.createDirectory(root.resolve(".other.0123abcd.tmp"));
    commit(root.resolve("out"), "new", false);
    assertEquals(
        Set.of("", "out", "out/main.txt", ".out.tmp", ".other.0123abcd.tmp"),
        FolderImage.of(root).keySet());
  }

  @Test
  void whatIsStillBeingWrittenIsKept() throws IOException {
    Path target = root.resolve("out");
    try (AtomicFolder slow = AtomicFolder.create(target, KIND, true)) {
      fill(slow, "slow");
      commit(target, "fast", false);
      assertEquals("slow", Files.readString(slow.temporary().resolve("main.txt")));
      slow.commit();
    }
    assertEquals("slow", Files.readString(target.resolve("main.txt")));
    assertEquals(Set.of("", "out", "out/main.txt"), FolderImage.of(root).keySet());
  }

  @Test
  void anOlderFolderThatWasMovedAsideIsDeletedWhenAnotherHasReplacedIt() throws IOException {
    Path aside = Files.createDirectory(root.resolve(".out.0123abcd.old"));
    Files.writeString(aside.resolve("main.txt"), "old");
    commit(root.resolve("out"), "new", false);
    assertTrue(Files.exists(aside), "nobody has said that it may be replaced");
    commit(root.resolve("out"), "newer", true);
    assertEquals(Set.of("", "out", "out/main.txt"), FolderImage.of(root).keySet());
  }

  @Test
  void theEndOfTheProcessDeletesWhatIsNotComplete() throws IOException {
    commit(root.resolve("out"), "old", false);
    Map<String, Integer> before = FolderImage.of(root);
    StagingPlace place = StagingPlace.of(Disk.REAL, root.resolve("out"));
    StagingPlace deep = StagingPlace.of(Disk.REAL, root.resolve("made/too/out"));
    for (StagingPlace each : List.of(place, deep)) {
      each.begin();
      Files.createDirectory(each.temporary());
      Files.writeString(each.temporary().resolve("main.txt"), "half");
      each.discard();
      Unfinished.end(each);
    }
    assertEquals(before, FolderImage.of(root));
  }

  private static void fill(AtomicFolder folder, String content) throws IOException {
    folder.write("main.txt", content.getBytes(StandardCharsets.UTF_8));
  }

  private static void commit(Path target, String content, boolean overwrite) throws IOException {
    try (AtomicFolder folder = AtomicFolder.create(target, KIND, overwrite)) {
      fill(folder, content);
      folder.commit();
    }
  }

  private static String refusal(Path target, boolean overwrite) {
    return assertThrows(
            FileAlreadyExistsException.class, () -> AtomicFolder.create(target, KIND, overwrite))
        .getMessage();
  }
}
