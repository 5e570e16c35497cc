package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.TokenFeeds;
import io.github.electra4j.testkit.TensorAssert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checkpoints of replace MLM and all-tokens MLM, whose encoder predicts tokens itself. */
class VocabularyHeadTest {
  private static final double TOLERANCE = 1e-5;
  private static final ElectraConfig CONFIG =
      Bundles.CONFIG
          .withDiscriminatorHead(false)
          .withGenerator(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(8, 2, 1, 32, 0.1, 0.1), false));

  @TempDir Path folder;

  private static Checkpoint checkpoint(VocabularyHead head) {
    ElectraConfig config = CONFIG.withVocabularyHead(Optional.of(head));
    return Checkpoint.of(config, WeightMap.initialise(Checkpoint.layout(config, List.of()), 1, 3));
  }

  @ParameterizedTest
  @EnumSource(VocabularyHead.class)
  void theyComeBackFromTensorFlow(VocabularyHead head) throws IOException {
    Checkpoint checkpoint = checkpoint(head);
    Path bundle = folder.resolve("bundle");
    TensorFlowExport.write(checkpoint, bundle, ExportOptions.standard());
    ImportedModel back = Conversion.from(bundle).read();
    Golden.assertSame(checkpoint, back.checkpoint());
    boolean copies = head == VocabularyHead.COPYING;
    assertEquals(copies, back.report().reasons().toString().contains("or copies them"));
  }

  @ParameterizedTest
  @EnumSource(VocabularyHead.class)
  void huggingFacesFoldersSayThatTheyLackTheHead(VocabularyHead head) throws IOException {
    List<String> notes =
        HuggingFaceExport.write(
            checkpoint(head), folder.resolve("exported"), ExportOptions.standard());
    assertTrue(notes.toString().contains("encoder_predictions/, is not written"), notes::toString);
  }

  @ParameterizedTest
  @EnumSource(VocabularyHead.class)
  void theyComeBackFromSameDiffWhichComputesTheHead(VocabularyHead head) throws IOException {
    Checkpoint checkpoint = checkpoint(head);
    Path own = folder.resolve("own");
    checkpoint.write(own, false);
    Path target = folder.resolve("graph");
    Conversion.from(own).to(target, Target.SAMEDIFF, ExportOptions.standard());
    Golden.assertSame(checkpoint, Conversion.from(target).read().checkpoint());

    TokenBatch batch =
        TokenBatch.padded(
            List.of(new int[] {2, 7, 9, 10, 3}, new int[] {2, 5, 3}),
            List.of(new int[5], new int[3]),
            5);
    SameDiff graph = SameDiff.load(target.resolve("model.fb").toFile(), false);
    Map<String, INDArray> feeds = new HashMap<>(TokenFeeds.of(batch, checkpoint.config()));
    feeds.keySet().retainAll(graph.inputs());
    String logits = "encoder_predictions/logits";
    try (Generator expected = asGenerator(checkpoint)) {
      TensorAssert.assertWithin(
          logits,
          numbers(expected.activations(batch).get(0).logits()),
          numbers(graph.output(feeds, List.of(logits)).get(logits)),
          TOLERANCE);
    }
    boolean copies = head == VocabularyHead.COPYING;
    assertEquals(copies, graph.hasVariable("encoder_predictions/copy_logits"));
  }

  /** The encoder and its head as a masked language model, which is the same function. */
  private static Generator asGenerator(Checkpoint checkpoint) throws IOException {
    ElectraConfig config =
        CONFIG.encoderOnly().withGenerator(GeneratorConfig.shared(CONFIG.encoder()));
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    checkpoint
        .weights()
        .arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith("electra/")) {
                arrays.put(name, array);
              } else if (name.startsWith("encoder_predictions/") && !name.contains("/copy/")) {
                arrays.put(name.replace("encoder_", "generator_"), array);
              }
            });
    return Generator.of(config, WeightMap.of(Checkpoint.layout(config, List.of()), arrays, "test"));
  }

  private static float[] numbers(INDArray array) {
    return array.dup('c').ravel().toFloatVector();
  }
}
