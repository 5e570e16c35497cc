package io.github.electra4j.train.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.task.IntentExample;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in to models for scores, and for intents with slots. */
class ScoresAndIntentsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void pretrained() throws IOException {
    TinyStart.write(folder.resolve("start"));
  }

  private static FineTuning start() throws IOException {
    return TinyStart.learning(folder.resolve("start"));
  }

  private static Path written(String name, Checkpoint checkpoint) throws IOException {
    Path target = folder.resolve(name);
    checkpoint.write(target, true);
    return target;
  }

  @Test
  void textRegressor() throws IOException {
    List<TextExample> examples =
        IntStream.range(0, 32)
            .mapToObj(
                i -> new TextExample(i, "the film", i % 2 == 0 ? "good" : "bad", i % 2 * 4 + ""))
            .toList();
    TaskHead head = new TaskHead.Regression("likeness", 0, 4);
    Path model = written("likeness", start().onTexts(head, examples));
    try (TextRegressor regressor = Electra.textRegressor(model)) {
      assertEquals(0, regressor.minimum());
      assertEquals(4, regressor.maximum());
      assertEquals(0, regressor.value("the film", "good"), 1);
      assertEquals(4, regressor.value("the film", "bad"), 1);
      double[] many =
          regressor.values(
              List.of(
                  new TextPair("the film", "bad ".repeat(900)),
                  new TextPair("", ""),
                  new TextPair("the film", "bad")));
      assertEquals(regressor.value("the film", "bad"), many[2], 1e-5);
      assertTrue(many[0] > 2, "mean of the windows: " + many[0]);
    }
    MalformedFileException wrong =
        assertThrows(MalformedFileException.class, () -> Electra.utteranceParser(model));
    assertTrue(wrong.getMessage().contains("kind IntentAndSlots"), wrong.getMessage());
    assertTrue(wrong.getMessage().contains("[likeness]"), wrong.getMessage());
  }

  @Test
  void utteranceParser() throws IOException {
    List<String> slots = List.of("O", "B-thing", "I-thing");
    List<IntentExample> utterances = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      boolean praise = i % 2 == 0;
      List<String> words = new ArrayList<>(Collections.nCopies(i % 3, "a"));
      List<String> tags = new ArrayList<>(Collections.nCopies(i % 3, "O"));
      words.addAll(List.of(praise ? "good" : "bad", "red", "film"));
      tags.addAll(List.of("O", "B-thing", "I-thing"));
      utterances.add(
          new IntentExample(new TaggedSentence(i, words, tags), praise ? "praise" : "blame"));
    }
    TaskHead.IntentAndSlots head =
        new TaskHead.IntentAndSlots("talk", List.of("blame", "praise"), slots);
    Path model = written("talk", start().onUtterances(head, utterances));
    String text = "A  Good RED\tfilm";
    try (UtteranceParser parser = Electra.utteranceParser(model)) {
      UtteranceParser.Utterance utterance = parser.parse(text);
      assertEquals("praise", utterance.intent());
      assertTrue(utterance.probability() > 0.5, utterance.toString());
      assertEquals(1, utterance.probabilities().values().stream().mapToDouble(p -> p).sum(), 1e-9);
      TextSpan slot = utterance.slots().get(0);
      assertEquals(1, utterance.slots().size());
      assertEquals("thing", slot.type());
      assertEquals("RED\tfilm", slot.text());
      assertEquals("RED\tfilm", text.substring(slot.start(), slot.end()));
      assertTrue(slot.probability() > 0 && slot.probability() <= 1, slot.toString());
      List<UtteranceParser.Utterance> many =
          parser.parse(List.of("", "a bad red film", "bad " + "a ".repeat(1500) + "red film"));
      assertEquals(0, many.get(0).words().size());
      assertEquals("blame", many.get(1).intent());
      assertEquals(1503, many.get(2).words().size());
      assertEquals("red film", many.get(2).slots().get(many.get(2).slots().size() - 1).text());
      assertEquals(head.intents(), parser.intents());
    }
    MalformedFileException wrong =
        assertThrows(MalformedFileException.class, () -> Electra.textRegressor(model));
    assertTrue(wrong.getMessage().contains("0 heads of the kind Regression"), wrong.getMessage());
  }

  @Test
  void oneModelServesSeveralThreads() throws IOException {
    List<TaskHead> heads =
        List.of(
            new TaskHead.Regression("likeness", 0, 4),
            new TaskHead.IntentAndSlots("talk", List.of("x", "y"), List.of("O", "B-z")));
    ElectraConfig tiny = ElectraConfig.tiny(15);
    Path place =
        written(
            "two",
            new Checkpoint(
                tiny,
                heads,
                WeightMap.initialise(Checkpoint.layout(tiny, heads), 0.05, 5),
                Checkpoint.read(folder.resolve("start")).text(),
                Optional.empty()));
    LoadedModel model = LoadedModel.read(place);
    List<String> texts =
        IntStream.range(0, 24).mapToObj(i -> "a good film ".repeat(1 + i % 4)).toList();
    try (TextRegressor regressor = Electra.textRegressor(model);
        UtteranceParser parser = Electra.utteranceParser(model)) {
      List<Double> values = texts.stream().map(regressor::value).toList();
      List<UtteranceParser.Utterance> utterances = texts.stream().map(parser::parse).toList();
      assertEquals(values, texts.parallelStream().map(regressor::value).toList());
      assertEquals(utterances, texts.parallelStream().map(parser::parse).toList());
    }
  }
}
