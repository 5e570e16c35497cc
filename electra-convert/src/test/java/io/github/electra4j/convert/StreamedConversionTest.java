package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conversions in which the tensors pass one by one: every form into every form gives the same bytes
 * as a conversion of the model as a whole, and the same weights and logits as the start.
 */
class StreamedConversionTest {
  private static final ExportOptions EXPORT =
      ExportOptions.standard().withWeightFiles(EnumSet.allOf(WeightFile.class));

  @TempDir Path folder;
  private Checkpoint start;
  private final Map<String, Conversion> sources = new LinkedHashMap<>();

  @BeforeEach
  void writeTheModelInEveryForm() throws IOException {
    start =
        Conversion.from(Golden.folder())
            .options(Golden.options().withOptimizer(true))
            .read()
            .checkpoint();
    for (Target form : Target.values()) {
      if (form != Target.ONNX) {
        form.write(start, place("source", form), EXPORT);
        sources.put(form.name(), Conversion.from(place("source", form)));
      }
    }
    for (String file : List.of("pytorch_model.bin", "tf_model.h5")) {
      sources.put(
          file,
          Conversion.from(place("source", Target.HUGGINGFACE)).options(HuggingFaceTiny.from(file)));
    }
  }

  private Path place(String name, Target form) {
    return folder.resolve(name + "-" + form);
  }

  @Test
  void everyFormIntoEveryFormGivesTheBytesOfTheWhole() throws IOException {
    float[][] logits = logits(start);
    for (Map.Entry<String, Conversion> source : sources.entrySet()) {
      for (Target form : List.of(Target.NATIVE, Target.TENSORFLOW, Target.HUGGINGFACE)) {
        String pair = source.getKey() + "-to";
        ConversionReport streamed = source.getValue().to(place(pair, form), form, EXPORT);
        ImportedModel whole = source.getValue().read();
        form.write(whole.checkpoint(), place(pair + "-whole", form), EXPORT);
        assertSameTree(place(pair + "-whole", form), place(pair, form));
        StreamedCheckpoint parts = StreamedCheckpoint.of(whole.checkpoint());
        assertEquals(
            form.report(whole.report(), parts, EXPORT).tensors(), streamed.tensors(), pair);
        Checkpoint back = Conversion.from(place(pair, form)).read().checkpoint();
        Golden.assertSame(start.withoutOptimizer(), back.withoutOptimizer());
        // the other sources give the same weights
        if (source.getKey().equals(Target.NATIVE.name())) {
          assertSameLogits(logits, logits(back));
        }
      }
    }
  }

  @Test
  void theOptimizerIsStreamedToo() throws IOException {
    ImportOptions options = ImportOptions.standard().withOptimizer(true);
    for (Target from : List.of(Target.NATIVE, Target.TENSORFLOW)) {
      for (Target form : List.of(Target.NATIVE, Target.TENSORFLOW)) {
        String pair = from + "-with-optimizer";
        Conversion.from(place("source", from)).options(options).to(place(pair, form), form, EXPORT);
        assertSameTree(place("source", form), place(pair, form));
      }
    }
  }

  @Test
  void halfPrecisionIsStreamedToo() throws IOException {
    for (Precision precision : Set.of(Precision.FLOAT16, Precision.BFLOAT16)) {
      ExportOptions half =
          ExportOptions.standard()
              .withPrecision(precision)
              .withWeightFiles(Set.of(WeightFile.SAFETENSORS, WeightFile.PYTORCH));
      Path whole = folder.resolve("whole-" + precision);
      Path streamed = folder.resolve("streamed-" + precision);
      Target.HUGGINGFACE.write(start, whole, half);
      Conversion.from(place("source", Target.TENSORFLOW)).to(streamed, Target.HUGGINGFACE, half);
      assertSameTree(whole, streamed);
    }
  }

  private static void assertSameTree(Path wanted, Path found) throws IOException {
    Map<String, Path> left = files(wanted);
    Map<String, Path> right = files(found);
    assertEquals(left.keySet(), right.keySet(), found.toString());
    for (Map.Entry<String, Path> file : left.entrySet()) {
      Path other = right.get(file.getKey());
      assertEquals(-1, Files.mismatch(file.getValue(), other), other.toString());
    }
  }

  private static Map<String, Path> files(Path root) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> found.put(root.relativize(file).toString(), file));
    }
    return found;
  }

  private static float[][] logits(Checkpoint checkpoint) {
    try (Discriminator discriminator =
        Discriminator.of(checkpoint.config(), checkpoint.weights())) {
      return discriminator.probabilities(TokenBatch.of(new int[] {2, 17, 5, 40, 3}));
    }
  }

  private static void assertSameLogits(float[][] wanted, float[][] found) {
    assertEquals(wanted.length, found.length);
    for (int row = 0; row < wanted.length; row++) {
      assertArrayEquals(wanted[row], found[row], 0f);
    }
  }
}
