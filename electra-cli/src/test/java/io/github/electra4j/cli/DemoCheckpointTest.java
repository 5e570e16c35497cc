package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.convert.ExportOptions;
import io.github.electra4j.convert.TensorFlowExport;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's checkpoint is what this code writes: random weights of seed 7, exported for
 * TensorFlow. With {@code -Ddemo.checkpoint=FILE} it is written there anew.
 */
class DemoCheckpointTest {
  @Test
  void theResourceIsWhatTheExporterWrites(@TempDir Path folder) throws IOException {
    TensorFlowExport.write(
        checkpoint(),
        folder.resolve("electra_demo"),
        ExportOptions.standard().withZeroSlots(false));
    Map<String, byte[]> expected = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        expected.put(
            folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    String target = System.getProperty("demo.checkpoint");
    if (target != null) {
      Files.write(Path.of(target), zip(expected));
    }
    Map<String, byte[]> actual = new TreeMap<>();
    try (InputStream in = DemoFiles.class.getResourceAsStream("electra_demo.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        actual.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
  }

  private static Checkpoint checkpoint() {
    List<String> pieces = DemoReviews.vocabulary();
    EncoderConfig encoder = new EncoderConfig(64, 2, 1, 256, 0.1, 0.1);
    ElectraConfig config =
        new ElectraConfig(
            pieces.size(),
            32,
            64,
            2,
            0.02,
            encoder,
            Optional.of(GeneratorConfig.of(encoder, 0.5, 1)),
            true);
    WeightMap weights = WeightMap.initialise(TensorLayout.of(config), 0.02, 7);
    byte[] vocabulary = (String.join("\n", pieces) + "\n").getBytes(StandardCharsets.UTF_8);
    return Checkpoint.of(config, weights)
        .withText(new TextSettings(vocabulary, true, Optional.empty()))
        .withOptimizer(new OptimizerState(0, Map.of()));
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
