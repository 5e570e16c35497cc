package io.github.electra4j.convert.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Equal models pass; a changed number, a NaN and another architecture do not. */
class VerificationTest {
  private static final EncoderConfig ENCODER = new EncoderConfig(32, 2, 2, 64, 0.1, 0.1);
  private static final ElectraConfig CONFIG =
      new ElectraConfig(
          50,
          16,
          24,
          2,
          0.5,
          ENCODER,
          Optional.of(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(16, 1, 1, 64, 0, 0), false)),
          true);

  private static Checkpoint checkpoint(ElectraConfig config) {
    return Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.5, 3));
  }

  private static Checkpoint changed(String name, float by) {
    Checkpoint original = checkpoint(CONFIG);
    INDArray array = original.weights().get(name).dup('c');
    array.putScalar(0, array.getFloat(0) + by);
    return original.withWeights(original.weights().with(Map.of(name, array)));
  }

  private static Verification verify(Checkpoint other) {
    return Verification.of(checkpoint(CONFIG), other, VerifyOptions.standard());
  }

  @Test
  void aModelIsEqualToItself() {
    Verification same = verify(checkpoint(CONFIG));
    assertTrue(same.passed(), same::toText);
    assertEquals(4 + 3, same.differences().size());
    assertTrue(same.differences().stream().allMatch(each -> each.largest() == 0));
    assertTrue(same.differences().stream().allMatch(each -> each.magnitude() > 0));
    assertEquals(same.tensors(), same.equalTensors());
    assertTrue(same.toText().endsWith("PASS: differences up to 1.0E-4 are allowed.\n"));
  }

  @Test
  void aChangedLayerShowsFromThereOn() {
    Verification changed = verify(changed("electra/encoder/layer_1/output/LayerNorm/beta", 0.01f));
    assertFalse(changed.passed());
    assertEquals(
        List.of("discriminator layer 1", "discriminator logits"),
        changed.differences().stream()
            .filter(each -> !each.within(1e-4))
            .map(Difference::output)
            .toList());
    assertEquals(changed.tensors() - 1, changed.equalTensors());
    assertTrue(changed.toText().contains("FAR  discriminator layer 1"), changed::toText);
    assertTrue(changed.toText().contains("FAIL"), changed::toText);
  }

  @Test
  void notANumberFails() {
    Verification broken = verify(changed("discriminator_predictions/dense_1/bias", Float.NaN));
    assertFalse(broken.passed());
    assertTrue(broken.toText().contains("FAR  discriminator logits"), broken::toText);
  }

  @Test
  void anotherArchitectureFailsAndIsExplained() {
    ElectraConfig other =
        CONFIG.withEncoder(new EncoderConfig(32, 3, 2, 64, 0.1, 0.1)).withVocabSize(51);
    Verification result = verify(checkpoint(other));
    assertFalse(result.passed());
    String problems = String.join("\n", result.problems());
    assertTrue(problems.contains("vocabulary size: 50 and 51"), problems);
    assertTrue(problems.contains("number of layers: 2 and 3"), problems);
    assertTrue(problems.contains("generator logits have the shapes"), problems);
    assertFalse(verify(checkpoint(CONFIG.discriminatorOnly())).passed());
  }

  private static final List<TaskHead> HEADS =
      List.of(
          new TaskHead.Classification("sst", List.of("bad", "good")),
          new TaskHead.Classification("deep", List.of("a", "b", "c"), HeadLayers.TWO),
          new TaskHead.Regression("sts", 0, 5),
          new TaskHead.Tagging("chunk", List.of("O", "B", "I")),
          new TaskHead.PairRanking("swag", HeadLayers.TWO),
          new TaskHead.IntentAndSlots("atis", List.of("ask", "tell"), List.of("O", "B")),
          new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults()),
          new TaskHead.SpanAnswer(
              "first",
              true,
              SpanSettings.defaults()
                  .withEnds(true, 3)
                  .withAnswerability(new Answerability(Evidence.FIRST_TOKEN, 1))),
          new TaskHead.SpanAnswer(
              "plain",
              false,
              SpanSettings.defaults().withEnds(false, 1).withAnswerability(Answerability.none())));

  private static final ElectraConfig COPYING =
      CONFIG.discriminatorOnly().withVocabularyHead(Optional.of(VocabularyHead.COPYING));

  private static Checkpoint tuned(List<TaskHead> heads, Optional<TextSettings> text) {
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(COPYING, heads), 0.5, 3);
    return new Checkpoint(COPYING, heads, weights, text, Optional.empty());
  }

  private static Checkpoint tuned() {
    return tuned(HEADS, Optional.empty());
  }

  static List<String> tensorsOfHeads() {
    return tuned().weights().names().stream()
        .filter(name -> name.startsWith("task_specific/") || name.startsWith("encoder_pred"))
        .toList();
  }

  @Test
  void modelsWithHeadsAreEqualToThemselves() {
    Verification same = Verification.of(tuned(), tuned(), VerifyOptions.standard());
    assertTrue(same.passed(), same::toText);
    assertEquals(4 + 2 + 5 + 2 + 3 + 3 + 2, same.differences().size(), same::toText);
    assertTrue(same.differences().stream().allMatch(each -> each.largest() == 0));
  }

  @ParameterizedTest
  @MethodSource("tensorsOfHeads")
  void oneChangedNumberOfAHeadFails(String tensor) {
    Checkpoint original = tuned();
    INDArray array = original.weights().get(tensor).dup('c');
    array.putScalar(0, array.getFloat(0) + 0.5f);
    Checkpoint other = original.withWeights(original.weights().with(Map.of(tensor, array)));
    Verification changed = Verification.of(original, other, VerifyOptions.standard());
    assertFalse(changed.passed());
    String head = tensor.startsWith("encoder_predictions/") ? "encoder" : tensor.split("/", -1)[1];
    List<Difference> far =
        changed.differences().stream().filter(each -> !each.within(1e-4)).toList();
    assertFalse(far.isEmpty());
    assertTrue(far.stream().allMatch(each -> each.output().startsWith(head + " ")), far::toString);
  }

  @Test
  void otherHeadsFail() {
    Checkpoint sst = tuned(HEADS.subList(0, 1), Optional.empty());
    Checkpoint none = tuned(List.of(), Optional.empty());
    assertEquals(
        List.of("The models differ in their fine-tuned heads: [sst] and []."),
        Verification.of(sst, none, VerifyOptions.standard()).problems());
    Checkpoint swapped =
        tuned(
            List.of(new TaskHead.Classification("sst", List.of("good", "bad"))), Optional.empty());
    assertEquals(
        List.of(
            "The models differ in their head for the task sst: classification into [bad, good], layers ONE and classification into [good, bad], layers ONE."),
        Verification.of(sst, swapped, VerifyOptions.standard()).problems());
    Checkpoint more =
        tuned(
            List.of(new TaskHead.Classification("sst", List.of("bad", "good", "so-so"))),
            Optional.empty());
    String problems =
        String.join("\n", Verification.of(sst, more, VerifyOptions.standard()).problems());
    assertTrue(problems.contains("sst logits have the shapes [4, 2] and [4, 3]"), problems);
  }

  @Test
  void whatIsComputedDecidesAboutQuestionsAndNotHowAnswersAreSearched() {
    SpanSettings known = SpanSettings.defaults();
    Verification result =
        Verification.of(
            tuned(List.of(new TaskHead.SpanAnswer("qa", true, known)), Optional.empty()),
            tuned(
                List.of(
                    new TaskHead.SpanAnswer(
                        "qa", true, known.withChoice(new SpanSettings.Choice(1, 9, 0)))),
                Optional.empty()),
            VerifyOptions.standard());
    assertTrue(result.passed(), result::toText);
  }

  @Test
  void otherTextSettingsFail() {
    TextSettings text = new TextSettings("a\nb\n".getBytes(UTF_8), true, Optional.empty());
    assertEquals(List.of(), textProblems(text, text));
    assertEquals(
        List.of(),
        textProblems(text, new TextSettings("a\nb".getBytes(UTF_8), true, Optional.of(true))));
    assertEquals(
        List.of(
            "The models differ in the pieces of their vocabularies, of which there are 2 and 2."),
        textProblems(text, new TextSettings("a\nc\n".getBytes(UTF_8), true, Optional.empty())));
    assertEquals(
        List.of(
            "The models differ in their lower-casing of text: true and false.",
            "The models differ in their removal of accents: true and false."),
        textProblems(text, new TextSettings("a\nb\n".getBytes(UTF_8), false, Optional.empty())));
  }

  @Test
  void aVocabularyOnOneSideOnlyFails() {
    Checkpoint without = tuned(List.of(), Optional.empty());
    Checkpoint with =
        without.withText(new TextSettings("a\n".getBytes(UTF_8), true, Optional.empty()));
    assertEquals(
        List.of("The first model has no vocabulary, the other has one."),
        Verification.of(without, with, VerifyOptions.standard()).problems());
    assertEquals(
        List.of("The second model has no vocabulary, the other has one."),
        Verification.of(with, without, VerifyOptions.standard()).problems());
  }

  private static List<String> textProblems(TextSettings left, TextSettings right) {
    return Verification.of(
            tuned(List.of(), Optional.of(left)),
            tuned(List.of(), Optional.of(right)),
            VerifyOptions.standard())
        .problems();
  }

  @Test
  void theJsonHoldsTheSame() throws IOException {
    JsonNode json = new ObjectMapper().readTree(verify(checkpoint(CONFIG)).toJson());
    assertTrue(json.get("passed").booleanValue());
    assertEquals(7, json.get("outputs").size());
    assertEquals("generator logits", json.at("/outputs/6/output").textValue());
    assertEquals(50, json.at("/outputs/6/shape/2").intValue());
  }

  @Test
  void impossibleOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new VerifyOptions(0, 2, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new VerifyOptions(1, 1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new VerifyOptions(1, 2, 1, Double.NaN));
  }
}
