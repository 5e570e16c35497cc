package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.FailingDisk;
import io.github.electra4j.model.storage.FolderImage;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointFolderTest {
  private static final Map<String, String> NATIVE = Map.of("format", "electra4j");

  @TempDir Path root;
  private final Checkpoint example = CheckpointExamples.fineTuned();
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = root.resolve("models/sst");
    example.write(folder, false);
  }

  @Test
  void theFolderHoldsTheDescribedFiles() throws IOException {
    assertEquals(
        Set.of(
            "",
            "config.json",
            "model.safetensors",
            "vocab.txt",
            "tokenizer_config.json",
            "optimizer.safetensors"),
        FolderImage.of(folder).keySet());
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"));
    assertEquals("electra4j", file.metadata().get("format"));
    for (String name : file.entries().keySet()) {
      assertTrue(file.metadata().containsKey("crc32c/" + name), name);
    }
  }

  @Test
  void everyFlippedBitOfAWeightIsNoticed() throws IOException {
    for (String name : List.of("model.safetensors", "optimizer.safetensors")) {
      Path file = folder.resolve(name);
      int length = Files.readAllBytes(file).length;
      for (int back = 1; back < 400; back += 7) {
        Corruptions.flipBit(file, length - back, back % 8);
        String message = readingFails();
        assertTrue(message.startsWith(file + ", byte "), message);
        assertTrue(message.contains("the bytes of tensor "), message);
        Corruptions.flipBit(file, length - back, back % 8);
      }
    }
  }

  @Test
  void absentPartsHaveNoFile() throws IOException {
    Checkpoint bare =
        Checkpoint.of(
            example.config(), example.weights().subset(TensorLayout.of(example.config())));
    Path other = root.resolve("bare");
    bare.write(other, false);
    assertEquals(Set.of("", "config.json", "model.safetensors"), FolderImage.of(other).keySet());
    Checkpoint read = Checkpoint.read(other);
    assertEquals(Optional.empty(), read.text());
    assertEquals(Optional.empty(), read.optimizer());
  }

  @Test
  void theOptimizersStateCanStayOnDisk() throws IOException {
    Files.write(folder.resolve("optimizer.safetensors"), new byte[3]);
    assertEquals(Optional.empty(), Checkpoint.readWithoutOptimizer(folder).optimizer());
    assertTrue(readingFails().contains("optimizer.safetensors, byte 3: the file ends here"));
  }

  @Test
  void aCheckpointIsReplacedOnlyOnRequest() throws IOException {
    Map<String, Integer> before = FolderImage.of(root);
    FileAlreadyExistsException e =
        assertThrows(FileAlreadyExistsException.class, () -> example.write(folder, false));
    assertTrue(e.getMessage().contains("there is a checkpoint already"), e.getMessage());
    assertTrue(e.getMessage().contains("--overwrite"), e.getMessage());
    assertEquals(before, FolderImage.of(root));
    example.withoutOptimizer().write(folder, true);
    assertEquals(Optional.empty(), Checkpoint.read(folder).optimizer());
    assertEquals(7, FolderImage.of(root).size());
  }

  @Test
  void aFolderWithOtherFilesIsNeverReplaced() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    FileAlreadyExistsException e =
        assertThrows(FileAlreadyExistsException.class, () -> example.write(folder, true));
    assertTrue(e.getMessage().contains("holds notes.txt"), e.getMessage());
    Path vocabularies = Files.createDirectory(root.resolve("vocabularies"));
    Files.copy(folder.resolve("vocab.txt"), vocabularies.resolve("vocab.txt"));
    assertThrows(FileAlreadyExistsException.class, () -> example.write(vocabularies, true));
    assertEquals(2, FolderImage.of(vocabularies).size());
  }

  @Test
  void everyFailureLeavesTheOldCheckpointAndNothingElse() throws IOException {
    Map<String, Integer> before = FolderImage.of(root);
    Checkpoint changed =
        example.withWeights(WeightMap.initialise(example.weights().layout(), 0.5, 9));
    for (int failAt = 0; ; failAt++) {
      FailingDisk disk = FailingDisk.at(failAt);
      try {
        CheckpointFolder.write(
            StreamedCheckpoint.of(changed), disk.folder(folder, CheckpointFolder.KIND, true));
        assertTrue(failAt > changed.weights().names().size(), "operations: " + failAt);
        assertTrue(!FolderImage.of(root).equals(before));
        return;
      } catch (FailingDisk.DiskFull expected) {
        assertEquals(before, FolderImage.of(root), "failure at operation " + failAt);
      }
    }
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    assertTrue(
        readingFails()
            .endsWith("model.safetensors: the file is missing. Get the whole checkpoint again."));
    Files.delete(folder.resolve("vocab.txt"));
    assertTrue(readingFails().contains("vocab.txt: the file is missing"));
    Files.writeString(folder.resolve("vocab.txt"), "a\n");
    Files.delete(folder.resolve("tokenizer_config.json"));
    assertTrue(readingFails().contains("tokenizer_config.json: the file is missing"));
    Files.delete(folder.resolve("config.json"));
    assertTrue(readingFails().contains("config.json: the file is missing"));
    folder = root.resolve("nowhere");
    assertTrue(readingFails().contains("there is no such folder"));
  }

  @Test
  void anInterruptedReplacementIsExplained() throws IOException {
    Path aside = folder.resolveSibling(".sst.0123abcd.old");
    Files.move(folder, aside);
    assertTrue(readingFails().contains(aside.toString()));
  }

  @Test
  void everyTruncatedFileIsNamed() throws IOException {
    for (String name : FolderImage.of(folder).keySet()) {
      if (!name.isEmpty() && !name.equals("vocab.txt")) {
        Path file = folder.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        Corruptions.truncate(file, whole.length / 2);
        assertTrue(readingFails().startsWith(file.toString()), name);
        Files.write(file, whole);
      }
    }
    Checkpoint.read(folder);
  }

  @Test
  void aMistypedKeyIsAnsweredWithTheNearest() throws IOException {
    edit("config.json", "\"hidden_size\"", "\"hiden_size\"");
    assertTrue(
        readingFails()
            .contains("unknown key \"hiden_size\"; the nearest known key is \"hidden_size\""));
  }

  @Test
  void twoHeadsOfOneTaskAreRefused() throws IOException {
    edit("config.json", "\"sts\"", "\"sst\"");
    assertTrue(readingFails().contains("config.json: Two heads are for the task sst"));
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    Files.write(folder.resolve("config.json"), new byte[] {'{', (byte) 0xff, '}'});
    assertTrue(readingFails().contains("not UTF-8"));
  }

  @Test
  void moreVocabularyThanRowsIsRefused() throws IOException {
    Files.writeString(folder.resolve("vocab.txt"), "a\n".repeat(12));
    assertTrue(readingFails().contains("vocab.txt: the vocabulary has 12 pieces"));
    Files.writeString(folder.resolve("vocab.txt"), "a\n".repeat(11));
    assertEquals(11, Checkpoint.read(folder).text().orElseThrow().pieces());
  }

  @Test
  void allTensorsThatDoNotFitAreNamedAtOnce() throws IOException {
    Map<String, INDArray> weights = new LinkedHashMap<>(example.weights().arrays());
    weights.remove("electra/embeddings_project/bias");
    weights.remove("task_specific/sst/dense/bias");
    weights.put("surplus", Nd4j.zeros(2));
    Path file = folder.resolve("model.safetensors");
    SafetensorsFile.write(file, weights, NATIVE, true);
    String message = readingFails();
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains("3 tensor(s)"), message);
    assertTrue(message.contains("missing     electra/embeddings_project/bias [16]"), message);
    assertTrue(message.contains("missing     task_specific/sst/dense/bias [2]"), message);
    assertTrue(message.contains("unexpected  surplus [2]"), message);
  }

  @Test
  void tensorsOfAnotherToolAreRefused() throws IOException {
    Path file = folder.resolve("model.safetensors");
    SafetensorsFile.write(file, example.weights().arrays(), Map.of("format", "pt"), true);
    assertTrue(readingFails().contains("format is pt, not electra4j"));
  }

  @Test
  void momentsThatDoNotFitAreNamed() throws IOException {
    Path file = folder.resolve("optimizer.safetensors");
    Map<String, INDArray> slots = new LinkedHashMap<>(example.optimizer().orElseThrow().slots());
    slots.remove("task_specific/sst/dense/bias/adam_v");
    Map<String, String> atStep = Map.of("format", "electra4j", "global_step", "5");
    SafetensorsFile.write(file, slots, atStep, true);
    assertTrue(readingFails().contains("missing     task_specific/sst/dense/bias/adam_v [2]"));
    SafetensorsFile.write(file, Map.of("x", Nd4j.scalar(1f)), atStep, true);
    assertTrue(readingFails().contains("x is no moment of Adam"));
    SafetensorsFile.write(file, Map.of(), NATIVE, true);
    assertTrue(readingFails().contains("global_step is absent"));
    SafetensorsFile.write(file, Map.of(), atStep, true);
    assertEquals(5, Checkpoint.read(folder).optimizer().orElseThrow().globalStep());
  }

  private String readingFails() {
    return assertThrows(MalformedFileException.class, () -> Checkpoint.read(folder)).getMessage();
  }

  private void edit(String name, String from, String to) throws IOException {
    Path file = folder.resolve(name);
    String text = Files.readString(file, StandardCharsets.UTF_8);
    assertTrue(text.contains(from));
    Files.writeString(file, text.replaceFirst(from, to));
  }
}
