package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
  @Test
  void itDisappearsWithAllThatIsInIt() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create();
        TemporaryFolder other = TemporaryFolder.create()) {
      path = folder.path();
      assertTrue(path.isAbsolute());
      assertFalse(path.equals(other.path()));
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c.txt"), "content");
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void theNextOneDeletesThatOfAKilledProcess() throws IOException {
    Path left;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      String name = folder.path().getFileName().toString();
      String begin = name.substring(0, name.length() - "xxxxxxxx.tmp".length());
      left = Files.createDirectory(folder.path().resolveSibling(begin + "0123abcd.tmp"));
      Files.writeString(left.resolve("weights"), "gigabytes");
    }
    TemporaryFolder.create().close();
    assertFalse(Files.exists(left));
  }
}
