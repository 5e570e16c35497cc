package io.github.electra4j.convert.tensorflow;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The bundle that TensorFlow wrote, and ways to write it again. */
final class GoldenBundle {
  private GoldenBundle() {}

  static Path prefix() {
    try {
      return Path.of(GoldenBundle.class.getResource("/golden/pretraining-electra").toURI())
          .resolve("model.ckpt-0");
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads every tensor and writes it to {@code target} in the order of the source's offsets. */
  static void copy(Path source, Path target) throws IOException {
    try (BundleReader reader = BundleReader.open(source);
        BundleWriter writer = BundleWriter.create(target)) {
      List<TensorEntry> order =
          reader.index().tensors().values().stream()
              .sorted(Comparator.comparingLong(entry -> entry.parts().get(0).offset()))
              .toList();
      for (TensorEntry entry : order) {
        writer.add(entry.name(), reader.read(entry.name()));
      }
      writer.finish();
    }
  }
}
