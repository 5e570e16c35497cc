package io.github.electra4j.convert;

import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;

/** Looks into a model of HuggingFace's. */
final class HuggingFaceInspection {
  private HuggingFaceInspection() {}

  static Inspection of(Path location, SourceOptions place, ArchitectureHints hints)
      throws IOException {
    TensorTable table = new TensorTable(location.toString());
    for (NetworkFiles files : HuggingFacePlace.find(location, place)) {
      String label = files.label().map(text -> text + ": ").orElse("");
      try (TensorSource source = WeightFormats.open(files.weights())) {
        source
            .tensors()
            .values()
            .forEach(
                tensor -> table.add(label + tensor.name(), tensor.type().name(), tensor.shape()));
      }
    }
    ImportOptions options = ImportOptions.standard().withPlace(place).withHints(hints);
    try (HuggingFaceImport reading = HuggingFaceImport.open(location, options)) {
      Architecture found =
          ArchitectureInference.infer(location.toString(), reading.shapes(), reading.hints());
      LayoutFit.problems(Checkpoint.layout(found.config(), found.heads()), reading.shapes())
          .forEach(table::problem);
      return table.inspection(Inspection.Format.HUGGINGFACE, found);
    } catch (MalformedFileException e) {
      table.problem(e.getMessage()); // that the tensors are not ELECTRA's is a finding
      return table.inspection(Inspection.Format.HUGGINGFACE);
    }
  }
}
