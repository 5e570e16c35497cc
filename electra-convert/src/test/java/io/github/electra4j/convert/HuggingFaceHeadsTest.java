package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.testkit.TensorAssert;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Heads of HuggingFace's compute here what their formulas say. */
class HuggingFaceHeadsTest {
  private static final double TOLERANCE = 1e-4;
  private static final int HIDDEN = HeadFolder.HIDDEN;
  private static final int[] WORDS = {1, 2};

  @TempDir Path folder;

  private static Checkpoint read(Path from) throws IOException {
    return Conversion.from(from).read().checkpoint();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "pytorch_model.bin", "tf_model.h5"})
  void sequenceClassification(String weights) throws IOException {
    HeadFolder source =
        new HeadFolder("ElectraForSequenceClassification")
            .dense("classifier.dense", HIDDEN, HIDDEN)
            .dense("classifier.out_proj", HIDDEN, 3)
            .labels("contradiction", "entailment", "neutral")
            .with("finetuning_task", "mnli");
    Checkpoint checkpoint = read(source.write(folder.resolve("hf"), weights));
    List<String> labels = List.of("contradiction", "entailment", "neutral");
    assertEquals(
        List.of(new TaskHead.Classification("mnli", labels, HeadLayers.TWO)), checkpoint.heads());
    float[][] scores = HeadFormulas.scores(checkpoint, new TaskTarget.Label(0));
    HeadFormulas.assertScores(
        source.head(), "classifier.dense", "classifier.out_proj", checkpoint, scores);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "pytorch_model.bin", "tf_model.h5"})
  void regression(String weights) throws IOException {
    HeadFolder source =
        new HeadFolder("ElectraForSequenceClassification")
            .dense("classifier.dense", HIDDEN, HIDDEN)
            .dense("classifier.out_proj", HIDDEN, 1)
            .labels("LABEL_0")
            .with("problem_type", "regression");
    Checkpoint checkpoint = read(source.write(folder.resolve("hf"), weights));
    TaskHead.Regression head = (TaskHead.Regression) checkpoint.heads().get(0);
    assertEquals(new TaskHead.Regression("sequences", 0, 1, HeadLayers.TWO), head);
    float[][] scores = HeadFormulas.scores(checkpoint, new TaskTarget.Score(0));
    HeadFormulas.assertScores(
        source.head(), "classifier.dense", "classifier.out_proj", checkpoint, scores);
    assertEquals(0.75, head.label(0.75)); // the number itself is the label
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "pytorch_model.bin", "tf_model.h5"})
  void multipleChoice(String weights) throws IOException {
    HeadFolder source =
        new HeadFolder("ElectraForMultipleChoice")
            .dense("sequence_summary.summary", HIDDEN, HIDDEN)
            .dense("classifier", HIDDEN, 1);
    Checkpoint checkpoint = read(source.write(folder.resolve("hf"), weights));
    assertEquals(List.of(new TaskHead.PairRanking("choices", HeadLayers.TWO)), checkpoint.heads());
    float[][] scores = HeadFormulas.scores(checkpoint, new TaskTarget.Choice(3, 0));
    HeadFormulas.assertScores(
        source.head(), "sequence_summary.summary", "classifier", checkpoint, scores);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "pytorch_model.bin", "tf_model.h5"})
  void tokenClassification(String weights) throws IOException {
    HeadFolder source =
        new HeadFolder("ElectraForTokenClassification")
            .dense("classifier", HIDDEN, 3)
            .labels("O", "B-PER", "I-PER");
    Path hf = source.write(folder.resolve("hf"), weights);
    HeadHints hints = HeadHints.none().withName("ner");
    Checkpoint checkpoint =
        Conversion.from(hf).options(ImportOptions.standard().withHeads(hints)).read().checkpoint();
    assertEquals(
        List.of(new TaskHead.Tagging("ner", List.of("O", "B-PER", "I-PER"))), checkpoint.heads());
    List<HeadOutput> answers =
        HeadFormulas.answers(checkpoint, new TaskTarget.Tags(WORDS, new int[2]));
    for (int i = 0; i < HeadFormulas.TEXTS.length; i++) {
      double[][] vectors = HeadFormulas.vectors(checkpoint, HeadFormulas.TEXTS[i]);
      float[][] words = ((HeadOutput.WordScores) answers.get(i)).logits();
      for (int word = 0; word < WORDS.length; word++) {
        double[] expected = HeadFormulas.dense(source.head(), "classifier", vectors[WORDS[word]]);
        TensorAssert.assertWithin("word", floats(expected), words[word], TOLERANCE);
      }
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "pytorch_model.bin", "tf_model.h5"})
  void questionAnswering(String weights) throws IOException {
    HeadFolder source =
        new HeadFolder("ElectraForQuestionAnswering").dense("qa_outputs", HIDDEN, 2);
    Checkpoint checkpoint = read(source.write(folder.resolve("hf"), weights));
    TaskHead.SpanAnswer head = (TaskHead.SpanAnswer) checkpoint.heads().get(0);
    assertEquals("questions", head.task());
    assertTrue(!head.settings().jointPrediction() && !head.settings().answerability().isPresent());
    // the layers themselves: outputs 0 and 1 of the one layer there
    String path = "task_specific/questions/";
    for (int i = 0; i < 2; i++) {
      String layer = path + (i == 0 ? "dense" : "dense_1");
      INDArray kernel = checkpoint.weights().get(layer + "/kernel");
      assertEquals(HIDDEN, kernel.size(0));
      for (int row = 0; row < HIDDEN; row++) {
        float expected = source.head().get("qa_outputs.weight").getFloat(i, row);
        assertEquals(expected, kernel.getFloat(row, 0));
      }
      assertEquals(
          source.head().get("qa_outputs.bias").getFloat(i),
          checkpoint.weights().get(layer + "/bias").getFloat(0));
    }
  }

  private String refusal(HeadFolder source) throws IOException {
    Path hf = source.write(folder.resolve("hf"), "model.safetensors");
    return assertThrows(MalformedFileException.class, () -> read(hf)).getMessage();
  }

  private static HeadFolder classifier(int outputs) throws IOException {
    return new HeadFolder("ElectraForSequenceClassification")
        .dense("classifier.dense", HIDDEN, HIDDEN)
        .dense("classifier.out_proj", HIDDEN, outputs);
  }

  @Test
  void severalLabelsPerTextAreRefused() throws IOException {
    HeadFolder source = classifier(3).with("problem_type", "multi_label_classification");
    String message = refusal(source);
    assertTrue(message.contains("config.json"), message);
    assertTrue(message.contains("any number of labels"), message);
    ImportOptions ignoring = ImportOptions.standard().withIgnore(List.of("classifier*"));
    Checkpoint encoder =
        Conversion.from(folder.resolve("hf")).options(ignoring).read().checkpoint();
    assertEquals(List.of(), encoder.heads());
  }

  @Test
  void severalNumbersPerTextAreRefused() throws IOException {
    String message = refusal(classifier(2).with("problem_type", "regression"));
    assertTrue(message.contains("computes 2 numbers for every text"), message);
  }

  @Test
  void labelsMustBelongToTheOutputs() throws IOException {
    String message = refusal(classifier(3).labels("a", "b"));
    assertTrue(message.contains("id2label has 2 label(s), but the head has 3"), message);
  }

  @Test
  void aLayerThatIsMissingIsNamed() throws IOException {
    HeadFolder source = classifier(3);
    source.head().remove("classifier.out_proj.bias");
    String message = refusal(source);
    assertTrue(message.contains("the bias (missing)"), message);
  }

  @Test
  void questionsNeedStartAndEnd() throws IOException {
    HeadFolder source =
        new HeadFolder("ElectraForQuestionAnswering").dense("qa_outputs", HIDDEN, 3);
    assertTrue(refusal(source).contains("has 3 outputs for every token"));
  }

  @Test
  void keysOfOtherLibrariesAreToldAndNotRefused() throws IOException {
    Path hf =
        classifier(1)
            .with("sbert_ce_default_activation_function", "torch.nn.modules.linear.Identity")
            .write(folder.resolve("hf"), "model.safetensors");
    List<String> notes = Conversion.from(hf).read().report().notes();
    assertTrue(
        notes.contains(
            hf.resolve("config.json")
                + " has 1 key(s) that are not known here and were left aside: sbert_ce_default_activation_function. If one of them changes what the model computes, the result is another."),
        notes::toString);
  }

  @Test
  void theUserKnowsBetterThanTheConfiguration() throws IOException {
    Path hf = classifier(2).labels("neg", "pos").write(folder.resolve("hf"), "model.safetensors");
    TaskHead given = new TaskHead.Classification("sst", List.of("0", "1"));
    ImportOptions options = ImportOptions.standard().withHeads(List.of(given));
    Path out = folder.resolve("native");
    ConversionReport report =
        Conversion.from(hf).options(options).to(out, Target.NATIVE, ExportOptions.standard());
    TaskHead expected = new TaskHead.Classification("sst", List.of("0", "1"), HeadLayers.TWO);
    assertEquals(List.of(expected), report.heads());
    assertEquals(List.of(expected), Checkpoint.read(out).heads());
  }
}
