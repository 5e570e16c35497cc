package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Heads of this project, written for HuggingFace, compute there what they compute here. */
class HuggingFaceHeadExportTest {
  private static final int HIDDEN = HeadFolder.HIDDEN;

  private static final ElectraConfig ENCODER =
      new ElectraConfig(
          211,
          16,
          40,
          2,
          0.02,
          new EncoderConfig(HIDDEN, 2, 2, 64, 0.1, 0.1),
          Optional.empty(),
          false);

  private static final ExportOptions ALL =
      ExportOptions.standard().withWeightFiles(EnumSet.allOf(WeightFile.class));

  @TempDir Path folder;

  private static Checkpoint read(Path from) throws IOException {
    return Conversion.from(from).read().checkpoint();
  }

  static Stream<TaskHead> heads() {
    return Stream.of(
        new TaskHead.Classification("sst", List.of("bad", "good"), HeadLayers.TWO),
        new TaskHead.Classification("mnli", List.of("c", "e", "n")),
        new TaskHead.Regression("sts", 0, 5, HeadLayers.TWO),
        new TaskHead.Regression("sts", 0, 5),
        new TaskHead.Tagging("chunk", List.of("O", "B", "I", "E")),
        new TaskHead.PairRanking("swag", HeadLayers.TWO),
        new TaskHead.PairRanking("swag"),
        new TaskHead.SpanAnswer(
            "squadv1",
            false,
            SpanSettings.defaults().withEnds(false, 7).withAnswerability(Answerability.none())));
  }

  private static Checkpoint tuned(TaskHead... heads) {
    List<TaskHead> all = List.of(heads);
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(ENCODER, all), 0.2, 5);
    return new Checkpoint(ENCODER, all, weights, Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("heads")
  void whatIsWrittenComesBackBitByBitFromEveryWeightFile(TaskHead head) throws IOException {
    Checkpoint checkpoint = tuned(head);
    Path out = folder.resolve("out");
    HuggingFaceExport.write(checkpoint, out, ALL);
    assertEquals(List.of(head.task()), Golden.names(out));
    for (String file : List.of("model.safetensors", "pytorch_model.bin", "tf_model.h5")) {
      Checkpoint again =
          Conversion.from(out.resolve(head.task()))
              .options(HuggingFaceTiny.from(file))
              .read()
              .checkpoint();
      Golden.assertSame(checkpoint, again);
    }
  }

  private JsonNode config(TaskHead head) throws IOException {
    Path file = folder.resolve("out").resolve(head.task()).resolve("config.json");
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private Map<String, INDArray> exported(TaskHead head, Checkpoint checkpoint) throws IOException {
    Path out = folder.resolve("out");
    HuggingFaceExport.write(checkpoint, out, ExportOptions.standard());
    GoldenTensors file = GoldenTensors.read(out.resolve(head.task()).resolve("model.safetensors"));
    Map<String, INDArray> tensors = new java.util.TreeMap<>();
    for (String name : file.names()) {
      GoldenTensors.Tensor tensor = file.get(name);
      if (!name.startsWith("electra.")) {
        tensors.put(
            name, org.nd4j.linalg.factory.Nd4j.create(tensor.floats(), tensor.shape(), 'c'));
      }
    }
    return tensors;
  }

  private static Set<String> layers(String... names) {
    Set<String> layers = new TreeSet<>();
    for (String name : names) {
      layers.add(name + ".weight");
      layers.add(name + ".bias");
    }
    return layers;
  }

  @Test
  void oneLayerBecomesTwoThatComputeTheSame() throws IOException {
    TaskHead head = new TaskHead.Classification("mnli", List.of("c", "e", "n"));
    Checkpoint checkpoint = tuned(head);
    Map<String, INDArray> tensors = exported(head, checkpoint);
    assertEquals(layers("classifier.dense", "classifier.out_proj"), tensors.keySet());
    float[][] scores = HeadFormulas.scores(checkpoint, new TaskTarget.Label(0));
    HeadFormulas.assertScores(
        tensors, "classifier.dense", "classifier.out_proj", checkpoint, scores);
    JsonNode config = config(head);
    assertEquals("ElectraForSequenceClassification", config.at("/architectures/0").asText());
    assertEquals("n", config.at("/id2label/2").asText());
    assertEquals(1, config.at("/label2id/e").asInt());
    assertEquals("single_label_classification", config.at("/problem_type").asText());
    ConversionReport report = Conversion.from(folder.resolve("out/mnli")).read().report();
    assertEquals(2, report.tensors(Fate.IGNORED).size());
    assertTrue(report.toText().contains("passes the head's single layer"), report::toText);
  }

  @Test
  void aRankingOfOneLayerIsMultipleChoice() throws IOException {
    TaskHead head = new TaskHead.PairRanking("swag");
    Checkpoint checkpoint = tuned(head);
    Map<String, INDArray> tensors = exported(head, checkpoint);
    assertEquals(layers("sequence_summary.summary", "classifier"), tensors.keySet());
    float[][] scores = HeadFormulas.scores(checkpoint, new TaskTarget.Choice(2, 0));
    HeadFormulas.assertScores(
        tensors, "sequence_summary.summary", "classifier", checkpoint, scores);
    assertEquals("ElectraForMultipleChoice", config(head).at("/architectures/0").asText());
  }

  @Test
  void startAndEndAreOneLayer() throws IOException {
    TaskHead head = heads().reduce((first, second) -> second).orElseThrow();
    Map<String, INDArray> tensors = exported(head, tuned(head));
    assertEquals(layers("qa_outputs"), tensors.keySet());
    assertEquals(List.of(2L, (long) HIDDEN), shape(tensors.get("qa_outputs.weight")));
    assertEquals("ElectraForQuestionAnswering", config(head).at("/architectures/0").asText());
  }

  private static List<Long> shape(INDArray array) {
    List<Long> shape = new ArrayList<>();
    for (long axis : array.shape()) {
      shape.add(axis);
    }
    return shape;
  }

  @Test
  void whatHasNoTwinIsRefusedByNameAndNothingIsWritten() {
    TaskHead joint = new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults());
    refusedExport(joint, "The head for the task squad predicts the end of an answer");
    TaskHead classifier =
        new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults().withEnds(false, 5));
    refusedExport(classifier, "has a classifier for questions without an answer");
    TaskHead intents = new TaskHead.IntentAndSlots("atis", List.of("a", "b"), List.of("O"));
    refusedExport(intents, "decides about a text and its words at once");
    List<String> many = Stream.iterate(0, i -> i + 1).limit(17).map(i -> "l" + i).toList();
    refusedExport(new TaskHead.Classification("many", many), "no room");
  }

  private void refusedExport(TaskHead head, String reason) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> HuggingFaceExport.write(tuned(head), folder.resolve("out"), ALL));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  @Test
  void oneOfSeveralHeadsOrTheEncoderAloneIsWrittenOnRequest() throws IOException {
    TaskHead joint = new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults());
    TaskHead tags = new TaskHead.Tagging("chunk", List.of("O", "B"));
    Checkpoint checkpoint = tuned(joint, tags);
    Path one = folder.resolve("one");
    HuggingFaceExport.write(checkpoint, one, ALL.withTask("chunk"));
    assertEquals(List.of("chunk"), Golden.names(one));
    assertEquals(List.of(tags), read(one.resolve("chunk")).heads());
    Path encoder = folder.resolve("encoder");
    HuggingFaceExport.write(checkpoint, encoder, ALL.withTask("feature-extraction"));
    assertEquals(List.of("discriminator"), Golden.names(encoder));
    assertEquals(List.of(), read(encoder).heads());
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> HuggingFaceExport.write(checkpoint, one, ALL.withTask("sst")));
    assertTrue(error.getMessage().contains("[feature-extraction, squad, chunk]"));
  }
}
