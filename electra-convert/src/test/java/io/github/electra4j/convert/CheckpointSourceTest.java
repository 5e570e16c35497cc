package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.convert.tensorflow.CheckpointState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSourceTest {
  @TempDir Path folder;

  private void bundle(String name) throws IOException {
    Path prefix = folder.resolve(name);
    Files.createDirectories(prefix.getParent());
    Files.write(BundleIndex.indexFile(prefix), new byte[] {1});
  }

  private Path open(Path location, SourceOptions options) throws IOException {
    try (CheckpointSource source = CheckpointSource.open(location, options)) {
      return source.prefix();
    }
  }

  private String failure(Path location, SourceOptions options) {
    return assertThrows(IOException.class, () -> open(location, options)).getMessage();
  }

  @Test
  void theOnlyBundleOfAFolderIsFoundWithVocabularyAndConfig() throws IOException {
    bundle("electra_small");
    Files.writeString(folder.resolve("pieces.txt"), "[PAD]\n");
    Files.writeString(folder.resolve("bert_config.json"), "{}");
    Files.writeString(folder.resolve("._electra_small.index"), "");
    try (CheckpointSource source = CheckpointSource.open(folder)) {
      assertEquals(folder.resolve("electra_small"), source.prefix());
      assertEquals(Optional.of(folder.resolve("pieces.txt")), source.vocabulary());
      assertEquals(Optional.of(folder.resolve("bert_config.json")), source.config());
      assertEquals(source.prefix().toString(), source.name());
    }
  }

  @Test
  void theStateFileDecidesBetweenSeveral() throws IOException {
    bundle("model.ckpt-1");
    bundle("model.ckpt-2");
    CheckpointState.ofLatest("/elsewhere/model.ckpt-2").write(folder);
    assertEquals(folder.resolve("model.ckpt-2"), open(folder, SourceOptions.none()));
    assertEquals(
        folder.resolve("model.ckpt-1"),
        open(folder, SourceOptions.none().withBundle("model.ckpt-1")));
    CheckpointState.ofLatest("model.ckpt-3").write(folder);
    assertTrue(failure(folder, SourceOptions.none()).contains("model.ckpt-3"));
  }

  @Test
  void withoutStateFileSeveralBundlesAreListed() throws IOException {
    bundle("a/one");
    bundle("a/two");
    bundle("b/one");
    String message = failure(folder, SourceOptions.none());
    assertTrue(message.contains("a/one, a/two, b/one"), message);
    assertTrue(failure(folder.resolve("a"), SourceOptions.none()).contains("one, two"));
    assertEquals(folder.resolve("b/one"), open(folder, SourceOptions.none().withBundle("b/one")));
    assertTrue(
        failure(folder, SourceOptions.none().withBundle("one")).contains("several checkpoints"));
    assertTrue(failure(folder, SourceOptions.none().withBundle("x")).contains("no bundle \"x\""));
  }

  @Test
  void aPrefixOrAnyFileOfTheBundleWillDo() throws IOException {
    bundle("model.ckpt-1");
    Path prefix = folder.resolve("model.ckpt-1");
    for (String extension : List.of("", ".index", ".meta", ".data-00000-of-00001")) {
      assertEquals(prefix, open(Path.of(prefix + extension), SourceOptions.none()));
    }
    assertTrue(failure(folder.resolve("other"), SourceOptions.none()).contains("no folder"));
  }

  @Test
  void anEmptyFolderAndAmbiguousTextsAreErrors() throws IOException {
    assertTrue(failure(folder, SourceOptions.none()).contains("no TensorFlow checkpoint"));
    assertTrue(
        failure(folder, SourceOptions.none().withBundle("x")).contains("no TensorFlow checkpoint"));
    bundle("m");
    Files.writeString(folder.resolve("a.txt"), "");
    Files.writeString(folder.resolve("b.txt"), "");
    try (CheckpointSource source = CheckpointSource.open(folder)) {
      IOException error = assertThrows(IOException.class, source::vocabulary);
      assertTrue(error.getMessage().contains("a.txt, b.txt"), error.getMessage());
    }
    Path chosen = folder.resolve("b.txt");
    try (CheckpointSource source =
        CheckpointSource.open(folder, SourceOptions.none().withVocabulary(chosen))) {
      assertEquals(Optional.of(chosen), source.vocabulary());
    }
    SourceOptions absent = SourceOptions.none().withConfig(folder.resolve("none.json"));
    assertThrows(FileNotFoundException.class, () -> open(folder, absent));
  }

  @Test
  void anArchiveIsUnpackedAndForgotten() throws IOException {
    Path zip = folder.resolve("electra_small.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      for (String name : List.of("electra_small/m.index", "electra_small/vocab.txt")) {
        out.putArchiveEntry(new ZipArchiveEntry(name));
        out.write('x');
        out.closeArchiveEntry();
      }
    }
    Path prefix;
    try (CheckpointSource source = CheckpointSource.open(zip)) {
      prefix = source.prefix();
      assertTrue(Files.exists(BundleIndex.indexFile(prefix)));
      assertEquals(zip + "!/electra_small/m", source.name());
      assertTrue(source.vocabulary().isPresent());
    }
    assertFalse(Files.exists(prefix.getParent().getParent()));
  }

  @Test
  void aStateFileInAnArchiveCannotLeadOut() throws IOException {
    bundle("secret");
    Path zip = folder.resolve("x.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      out.putArchiveEntry(new ZipArchiveEntry("checkpoint"));
      out.write(
          ("model_checkpoint_path: \"" + folder.resolve("secret") + "\"\n")
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.closeArchiveEntry();
    }
    assertTrue(failure(zip, SourceOptions.none()).contains("there is no"));
    Files.delete(zip);
    CheckpointState.ofLatest(folder.resolve("secret").toString())
        .write(Files.createDirectory(folder.resolve("own")));
    assertEquals(folder.resolve("secret"), open(folder.resolve("own"), SourceOptions.none()));
  }
}
