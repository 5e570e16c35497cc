package io.github.electra4j.convert;

import io.github.electra4j.convert.samediff.SameDiffExport;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A very small model with heads in every form, of whose files one is to be damaged. */
final class FuzzedModel {
  private static final String VOCABULARY =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\nc\nd\n##e\n##f\n";
  private static final ElectraConfig CONFIG =
      new ElectraConfig(
              11, 4, 8, 2, 0.02, new EncoderConfig(8, 1, 1, 16, 0.1, 0.1), Optional.empty(), true)
          .withGenerator(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(4, 1, 1, 16, 0.1, 0.1), false));
  private static final String TASK = "sst";

  private FuzzedModel() {}

  private static Checkpoint checkpoint() {
    List<TaskHead> heads =
        List.of(
            new TaskHead.Classification(TASK, List.of("bad", "good")),
            new TaskHead.Tagging("chunk", List.of("O", "B")),
            new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults()));
    byte[] vocabulary = VOCABULARY.getBytes(StandardCharsets.UTF_8);
    return new Checkpoint(
        CONFIG,
        heads,
        WeightMap.initialise(Checkpoint.layout(CONFIG, heads), 0.1, 5),
        Optional.of(new TextSettings(vocabulary, true, Optional.empty())),
        Optional.empty());
  }

  /** A folder of this project's; the bytes of the file that is to be damaged. */
  static byte[] ofOurs(Path folder, String file) throws IOException {
    checkpoint().write(folder.resolve("good"), false);
    return spread(folder, "good", file);
  }

  /** A folder of HuggingFace's with one head. */
  static byte[] ofHuggingFace(Path folder, String file) throws IOException {
    ExportOptions options = ExportOptions.standard().withTask(TASK);
    HuggingFaceExport.write(checkpoint(), folder.resolve("good"), options);
    return spread(folder, "good/" + TASK, file);
  }

  /** A TensorFlow checkpoint. */
  static byte[] ofTensorFlow(Path folder, String file) throws IOException {
    TensorFlowExport.write(checkpoint(), folder.resolve("good"), ExportOptions.standard());
    return spread(folder, "good", file);
  }

  /** A SameDiff file with its configuration. */
  static byte[] ofSameDiff(Path folder, String file) throws IOException {
    SameDiffExport.write(checkpoint(), folder.resolve("good"), false);
    return spread(folder, "good", file);
  }

  /** Moves all files of a folder within to {@code folder}. */
  private static byte[] spread(Path folder, String good, String file) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(good))) {
      for (Path each : files.toList()) {
        Files.move(each, folder.resolve(each.getFileName()));
      }
    }
    return Files.readAllBytes(folder.resolve(file));
  }

  /**
   * Reads the model whose file was damaged, as a conversion does.
   *
   * @return bytes of its arrays
   */
  static double read(Path file) throws IOException {
    Checkpoint checkpoint = Conversion.from(file.getParent()).read().checkpoint();
    double bytes = 0;
    for (INDArray array : checkpoint.weights().arrays().values()) {
      bytes += (double) array.length() * array.dataType().width();
    }
    return bytes;
  }
}
