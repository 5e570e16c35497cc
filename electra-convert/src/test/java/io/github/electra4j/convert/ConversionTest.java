package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.testkit.Corruptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From file to file, with good and with bad input. */
class ConversionTest {
  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void copyTheGoldenFolder() throws IOException {
    source = Golden.copyTo(folder.resolve("source"));
    target = folder.resolve("models/out");
  }

  private ConversionReport convert(Path from) throws IOException {
    return Conversion.from(from)
        .options(Golden.options())
        .to(target, Conversion.Target.NATIVE, ExportOptions.standard());
  }

  /** The message of the failure, after checking that nothing was written. */
  private <T extends IOException> String failure(Class<T> type) throws IOException {
    String message = assertThrows(type, () -> convert(source)).getMessage();
    assertEquals(List.of("source"), Golden.names(folder));
    return message;
  }

  @Test
  void aZipConvertsToTheSameAsItsFolder() throws IOException {
    Path zip = folder.resolve("electra.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : Golden.names(source)) {
        out.putNextEntry(new ZipEntry("electra/" + name));
        Files.copy(source.resolve(name), out);
        out.closeEntry();
      }
    }
    ConversionReport report = convert(zip);
    assertEquals(zip + "!/electra/model.ckpt-0", report.source());
    Golden.assertSame(Golden.checkpoint().withoutOptimizer(), Checkpoint.read(target));
    assertTrue(report.toText().contains("Note: Vocabulary vocab.txt, 194 pieces"), report::toText);
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertEquals(241, json.get("tensors").size());
    assertEquals(report.notes().size(), json.get("notes").size());
    assertEquals(194, json.get("config").get("vocab_size").asInt());
  }

  @Test
  void aTruncatedIndexIsRefusedWhereverItEnds() throws IOException {
    Path index = source.resolve("model.ckpt-0.index");
    byte[] whole = Files.readAllBytes(index);
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(index, whole);
      Corruptions.truncate(index, length);
      assertTrue(failure(MalformedFileException.class).contains("model.ckpt-0.index"));
    }
  }

  @Test
  void flippedBitsAreNoticedAnywhere() throws IOException {
    long seed = 4711;
    Random random = new Random(seed);
    ImportOptions all = Golden.options().withOptimizer(true);
    for (String name : List.of("model.ckpt-0.index", "model.ckpt-0.data-00000-of-00001")) {
      Path file = source.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int round = 0; round < 60; round++) {
        int at = random.nextInt(whole.length);
        Corruptions.flipBit(file, at, random.nextInt(8));
        assertThrows(
            MalformedFileException.class,
            () ->
                Conversion.from(source)
                    .options(all)
                    .to(target, Conversion.Target.NATIVE, ExportOptions.standard()),
            () -> "seed=" + seed + " " + name + " byte " + at);
        assertEquals(List.of("source"), Golden.names(folder));
        Files.write(file, whole);
      }
    }
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    Files.delete(BundleIndex.dataFile(source.resolve(Golden.BUNDLE), 0, 1));
    String message = failure(FileNotFoundException.class);
    assertTrue(message.startsWith("Data shard missing"), message);
    assertTrue(message.contains("model.ckpt-0.data-00000-of-00001"), message);
  }

  @Test
  void aWrongVocabularyIsRefused() throws IOException {
    Path vocabulary = source.resolve("vocab.txt");
    String pieces = Files.readString(vocabulary);
    Files.writeString(vocabulary, pieces + "one\ntoo\nmany\n");
    String message = failure(MalformedFileException.class);
    assertTrue(message.contains("vocab.txt: the vocabulary has"), message);
    assertTrue(message.contains("word table has 194 rows"), message);
  }

  @Test
  void anExistingFolderIsLeftAlone() throws IOException {
    Files.createDirectories(target);
    Path file = Files.writeString(target.resolve("mine.txt"), "mine");
    assertThrows(FileAlreadyExistsException.class, () -> convert(source));
    assertEquals("mine", Files.readString(file));
    assertEquals(List.of("out"), Golden.names(target.getParent()));
    Files.delete(file);
    convert(source);
    assertThrows(FileAlreadyExistsException.class, () -> convert(source));
  }

  @Test
  void aFailedReplacementLeavesTheOldCheckpoint() throws IOException {
    convert(source);
    byte[] weights = Files.readAllBytes(target.resolve("model.safetensors"));
    Corruptions.flipBit(source.resolve("model.ckpt-0.data-00000-of-00001"), 5000, 3);
    for (Conversion.Target form : Conversion.Target.values()) {
      // what streams refuses the folder of another form before it reads a number
      Class<? extends IOException> failure =
          form == Conversion.Target.TENSORFLOW || form == Conversion.Target.HUGGINGFACE
              ? FileAlreadyExistsException.class
              : MalformedFileException.class;
      assertThrows(
          failure,
          () ->
              Conversion.from(source)
                  .options(Golden.options().withOptimizer(true))
                  .to(target, form, new ExportOptions(true, false)));
    }
    assertArrayEquals(weights, Files.readAllBytes(target.resolve("model.safetensors")));
    assertEquals(List.of("out"), Golden.names(target.getParent()));
  }

  @Test
  void anExportThatFailsMidwayLeavesNothing() throws IOException {
    Checkpoint checkpoint = Golden.checkpoint();
    checkpoint.weights().get("electra/embeddings_project/kernel").close();
    assertThrows(
        IllegalStateException.class,
        () -> TensorFlowExport.write(checkpoint, target, ExportOptions.standard()));
    assertEquals(List.of("source"), Golden.names(folder));
    assertFalse(Files.exists(target));
  }

  @Test
  void aNativeFolderNeedsNoOptionsForForeignOnes() throws IOException {
    convert(source);
    ImportOptions foreign = ImportOptions.standard().withFromBert(true);
    assertThrows(
        IllegalArgumentException.class, () -> Conversion.from(target).options(foreign).read());
    assertEquals(80, Conversion.from(target).read().report().tensors().size());
  }
}
