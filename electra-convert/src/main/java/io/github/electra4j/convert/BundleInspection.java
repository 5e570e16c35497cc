package io.github.electra4j.convert;

import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.convert.tensorflow.BundleReader;
import io.github.electra4j.convert.tensorflow.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks into a TensorFlow checkpoint, whose data files may be missing. */
final class BundleInspection {
  private BundleInspection() {}

  static Inspection of(Path location, SourceOptions place, ArchitectureHints hints)
      throws IOException {
    try (CheckpointSource source = CheckpointSource.open(location, place)) {
      BundleIndex index = BundleIndex.read(source.prefix());
      TensorTable table = new TensorTable(source.name());
      index
          .tensors()
          .values()
          .forEach(entry -> table.add(entry.name(), entry.type().name(), entry.shape()));
      boolean whole = true;
      for (int shard = 0; shard < index.shards(); shard++) {
        Path file = BundleIndex.dataFile(index.prefix(), shard, index.shards());
        if (!Files.isRegularFile(file)) {
          whole = false;
          table.problem(
              "The data file %s is missing: the index alone holds no weights. Fetch it too."
                  .formatted(file.getFileName()));
        }
      }
      TensorEntry step = index.tensors().get(TensorPlan.STEP);
      if (whole && step != null) {
        try (BundleReader reader = BundleReader.open(source.prefix())) {
          table.globalStep(TensorFlowImport.globalStep(source.name(), reader, step));
        }
      }
      boolean known = hints.reference().isPresent() || source.config().isEmpty();
      return table.inspect(
          Inspection.Format.TENSORFLOW,
          known ? hints : hints.withReference(ReferenceFile.read(source.config().get())));
    }
  }
}
