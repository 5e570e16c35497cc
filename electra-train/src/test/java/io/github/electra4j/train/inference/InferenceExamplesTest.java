package io.github.electra4j.train.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.testkit.ExampleCode;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.answer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the package's description, compiled and run, on models with random weights. */
class InferenceExamplesTest {
  private static final String VOCABULARY =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nthe\nman\nsings\nfrom\nsan\njose\nlondon\nfilm\n.\n";

  @TempDir private Path models;

  @Test
  void theExamplesWork() throws IOException {
    write("sst", new TaskHead.Classification("sst", List.of("0", "1")));
    write("sts", new TaskHead.Regression("sts", 0, 5));
    write("squad", new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults()));
    write("names", new TaskHead.Tagging("names", List.of("B-LOC", "I-LOC")));
    write(
        "flights",
        new TaskHead.IntentAndSlots("flights", List.of("fare", "flight"), List.of("B-city")));
    write("rte", new TaskHead.Classification("rte", List.of("entailment", "not_entailment")));
    write("small");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    examples(models, new PrintStream(printed, true, StandardCharsets.UTF_8));
    String text = printed.toString(StandardCharsets.UTF_8);
    for (String part : List.of(" of 5.0", "London B-LOC", "LOC Ada", "city from", "128 numbers")) {
      assertTrue(text.replace("I-LOC", "B-LOC").contains(part), part + " in " + text);
    }
  }

  private void write(String name, TaskHead... heads) throws IOException {
    ElectraConfig config = ElectraConfig.tiny(15);
    List<TaskHead> all = List.of(heads);
    TextSettings text =
        new TextSettings(VOCABULARY.getBytes(StandardCharsets.UTF_8), true, Optional.empty());
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(config, all), 0.05, 3);
    new Checkpoint(config, all, weights, Optional.of(text), Optional.empty())
        .write(models.resolve(name), false);
  }

  @Test
  void theExamplesReadTheSameInBothPlaces() throws IOException {
    ExampleCode.assertSame(InferenceExamplesTest.class);
  }

  private static void examples(Path models, PrintStream out) throws IOException {
    // example
    try (TextClassifier classifier = Electra.textClassifier(models.resolve("sst"))) {
      TextClassifier.Decision mood = classifier.classify("A fine film.");
      out.println(mood.label() + " " + mood.probabilities().get(mood.label()));
    }
    try (TextRegressor regressor = Electra.textRegressor(models.resolve("sts"))) {
      double similarity = regressor.value("A man sings.", "Somebody sings.");
      out.println(similarity + " of " + regressor.maximum());
    }
    try (QuestionAnswerer answerer = Electra.questionAnswering(models.resolve("squad"))) {
      Optional<Answer.Span> answer = answerer.find("Who sings?", "A man sings.");
      out.println(answer.map(Answer.Span::text).orElse("no answer"));
    }
    try (WordTagger tagger = Electra.tagger(models.resolve("names"))) {
      for (WordTagger.Word word : tagger.tag("Ada lived in London.")) {
        out.println(word.text() + " " + word.tag());
      }
      for (TextSpan name : tagger.spans("Ada lived in London.")) {
        out.println(name.type() + " " + name.text() + " at " + name.start());
      }
    }
    try (UtteranceParser parser = Electra.utteranceParser(models.resolve("flights"))) {
      UtteranceParser.Utterance wish = parser.parse("flights from San Jose");
      out.println(wish.intent() + " " + wish.probability());
      for (TextSpan slot : wish.slots()) {
        out.println(slot.type() + " " + slot.text());
      }
    }
    try (ReplacementDetector detector = Electra.discriminator(models.resolve("small"))) {
      for (ReplacementDetector.Token token : detector.detect("The chef ate the meal.")) {
        out.println(token.piece() + " " + token.replaced());
      }
    }
    try (MaskFiller filler = Electra.fillMask(models.resolve("small"))) {
      out.println(filler.fill("The chef [MASK] the meal.", 3).get(0).get(0).piece());
    }
    try (TextEmbedder embedder = Electra.embedder(models.resolve("small"))) {
      float[] vector = embedder.embed("The chef cooked the meal.");
      out.println(vector.length + " numbers");
    }
    LoadedModel entailment = LoadedModel.read(models.resolve("rte"));
    TaskHead head = entailment.checkpoint().head("rte").orElseThrow();
    try (PairScorer scorer = Electra.pairScorer(entailment, head, Optional.of("entailment"))) {
      double[] scores = scorer.scores(List.of(new TextPair("A man sings.", "Somebody sings.")));
      out.println(scores[0]);
    }
    // end of example
  }
}
