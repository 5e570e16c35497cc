package io.github.electra4j.train.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.answer.Answer;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.Question.KnownAnswer;
import io.github.electra4j.train.task.RankingExample;
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

/** One example of every way in; each model learns a tiny task first. */
class ElectraTest {
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
  void textClassifier() throws IOException {
    List<TextExample> examples =
        IntStream.range(0, 32)
            .mapToObj(
                i ->
                    new TextExample(
                        i,
                        (i % 3 == 0 ? "the " : "a ") + (i % 2 == 0 ? "good" : "bad") + " film.",
                        "",
                        i % 2 == 0 ? "up" : "down"))
            .toList();
    TaskHead head = new TaskHead.Classification("mood", List.of("down", "up"));
    Path model = written("mood", start().onTexts(head, examples));
    try (TextClassifier classifier = Electra.textClassifier(model)) {
      assertEquals("up", classifier.classify("The good films").label());
      assertEquals("down", classifier.classify("a bad film").label());
      TextClassifier.Decision decision = classifier.classify("good ".repeat(1500));
      assertEquals("up", decision.label());
      assertEquals(1, decision.probabilities().values().stream().mapToDouble(p -> p).sum(), 1e-9);
      assertEquals(List.of("down", "up"), classifier.labels());
      String longText = "film ".repeat(800);
      assertEquals(
          3,
          classifier
              .classify(
                  List.of(
                      new TextPair("good", longText),
                      new TextPair(longText, longText),
                      new TextPair("", "")))
              .size());
    }
    MalformedFileException wrong =
        assertThrows(MalformedFileException.class, () -> Electra.tagger(model));
    assertTrue(wrong.getMessage().contains("0 heads of the kind Tagging"), wrong.getMessage());
    assertThrows(MalformedFileException.class, () -> Electra.discriminator(model));
    assertThrows(MalformedFileException.class, () -> Electra.fillMask(model));
  }

  @Test
  void questionAnswering() throws IOException {
    TaskHead.SpanAnswer head = new TaskHead.SpanAnswer("qa", true, SpanSettings.defaults());
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      String before = "the film ".repeat(i % 5);
      boolean impossible = i % 6 == 5;
      questions.add(
          new Question(
              i,
              "k" + i,
              "who",
              before + (impossible ? "a film" : "red a film"),
              Optional.of(
                  impossible ? KnownAnswer.none() : new KnownAnswer("red", before.length()))));
    }
    Path model =
        written("qa", start().with(config -> config.withEpochs(10)).onQuestions(head, questions));
    String text = "The film\tthe film Red a film";
    try (QuestionAnswerer answerer = Electra.questionAnswering(model)) {
      Answer.Span span = answerer.answer("Who", text).best().get(0);
      assertEquals("Red", span.text());
      assertEquals("Red", text.substring(span.start(), span.end()));
      String longText = "film ".repeat(900) + "red " + "film ".repeat(900);
      Answer far = answerer.answer("who", longText);
      assertEquals("red", far.text());
      assertEquals(4500, far.best().get(0).start());
      assertTrue(answerer.find("who", " \n").isEmpty());
      List<String> keys = new ArrayList<>();
      answerer.answers(
          IntStream.range(0, 40).mapToObj(i -> Question.of(i, "" + i, "who", text)).iterator(),
          answer -> keys.add(answer.question().key()));
      assertEquals(40, keys.size());
      assertEquals("39", keys.get(39));
    }
  }

  @Test
  void tagger() throws IOException {
    List<TaggedSentence> sentences =
        IntStream.range(0, 32)
            .mapToObj(
                i ->
                    i % 2 == 0
                        ? new TaggedSentence(
                            i, List.of("a", "red", "film"), List.of("O", "COLOUR", "O"))
                        : new TaggedSentence(
                            i, List.of("blue", "the", "film"), List.of("COLOUR", "O", "O")))
            .toList();
    TaskHead.Tagging head = new TaskHead.Tagging("colours", List.of("COLOUR", "O"));
    Path model = written("colours", start().onSentences(head, sentences));
    try (WordTagger tagger = Electra.tagger(model)) {
      List<WordTagger.Word> words = tagger.tag("The film.  Red films");
      assertEquals(
          List.of("The", "film", ".", "Red", "films"),
          words.stream().map(WordTagger.Word::text).toList());
      assertEquals("COLOUR", words.get(3).tag());
      assertEquals("O", words.get(1).tag());
      assertEquals(11, words.get(3).start());
      assertEquals(14, words.get(3).end());
      List<List<WordTagger.Word>> texts =
          tagger.tagTexts(List.of("a red film", "", "The film.  Red films"));
      assertEquals(List.of(3, 0, 5), texts.stream().map(List::size).toList());
      assertEquals("COLOUR", texts.get(2).get(3).tag());
      assertEquals(11, texts.get(2).get(3).start());
      assertEquals(words.get(3).probability(), texts.get(2).get(3).probability(), 1e-6);
      List<String> many = new ArrayList<>(Collections.nCopies(2000, "film"));
      many.set(1234, "red");
      List<WordTagger.Word> tagged = tagger.tag(many);
      assertEquals(2000, tagged.size());
      assertEquals("COLOUR", tagged.get(1234).tag());
      assertEquals(List.of(), tagger.tag(List.of()));
      String huge = "film" + "s".repeat(150);
      assertEquals(1, tagger.tag(List.of(huge)).size());
    }
  }

  @Test
  void discriminator() throws IOException {
    try (ReplacementDetector detector = Electra.discriminator(folder.resolve("start"))) {
      List<ReplacementDetector.Token> tokens = detector.detect("A good films.");
      assertEquals(
          List.of("a", "good", "film", "##s", "."),
          tokens.stream().map(ReplacementDetector.Token::piece).toList());
      assertEquals(7, tokens.get(2).start());
      assertEquals(11, tokens.get(2).end());
      tokens.forEach(token -> assertTrue(token.replaced() > 0 && token.replaced() < 1));
      assertEquals(1800, detector.detect("red ".repeat(1800)).size());
      List<List<ReplacementDetector.Token>> together =
          detector.detect(List.of("", "A good films.", "red ".repeat(1800), "bad"));
      assertEquals(List.of(0, 5, 1800, 1), together.stream().map(List::size).toList());
      for (int i = 0; i < 5; i++) {
        assertEquals(tokens.get(i).replaced(), together.get(1).get(i).replaced(), 1e-6);
      }
    }
  }

  @Test
  void fillMask() throws IOException {
    try (MaskFiller filler = Electra.fillMask(folder.resolve("start"))) {
      List<List<MaskFiller.Filling>> fillings = filler.fill("a [MASK] film [MASK]", 4);
      assertEquals(2, fillings.size());
      assertEquals(4, fillings.get(0).size());
      assertTrue(fillings.get(0).get(0).probability() >= fillings.get(0).get(1).probability());
      double sum =
          filler.fill("[MASK]", 15).get(0).stream()
              .mapToDouble(MaskFiller.Filling::probability)
              .sum();
      assertEquals(1, sum, 1e-9);
      assertEquals(1, filler.fill("film ".repeat(1000) + "[MASK]", 1).size());
      List<List<List<MaskFiller.Filling>>> together =
          filler.fill(List.of("bad " + "film ".repeat(20) + "[MASK]", "a [MASK] film [MASK]"), 4);
      assertEquals(List.of(1, 2), together.stream().map(List::size).toList());
      for (int mask = 0; mask < 2; mask++) {
        MaskFiller.Filling best = fillings.get(mask).get(0);
        assertEquals(best.piece(), together.get(1).get(mask).get(0).piece());
        assertEquals(best.probability(), together.get(1).get(mask).get(0).probability(), 1e-6);
      }
      assertThrows(IllegalArgumentException.class, () -> filler.fill("no mask", 1));
      assertThrows(IllegalArgumentException.class, () -> filler.fill(List.of("[MASK]", "none"), 1));
    }
  }

  @Test
  void embedder() throws IOException {
    try (TextEmbedder embedder = Electra.embedder(folder.resolve("start"))) {
      float[] alone = embedder.embed("a good film");
      List<float[]> together =
          embedder.embed(List.of("red", "a good film", "", "blue ".repeat(1200)));
      org.junit.jupiter.api.Assertions.assertArrayEquals(alone, together.get(1), 1e-5f);
      org.junit.jupiter.api.Assertions.assertArrayEquals(new float[alone.length], together.get(2));
      assertEquals(128, alone.length);
    }
  }

  @Test
  void severalModelsOfOneCheckpointInMemory() throws IOException {
    LoadedModel model = LoadedModel.read(folder.resolve("start"));
    try (MaskFiller filler = Electra.fillMask(model);
        ReplacementDetector detector = Electra.discriminator(model);
        TextEmbedder embedder = Electra.embedder(model)) {
      assertEquals(1, filler.fill("a [MASK]", 1).size());
      assertEquals(1, detector.detect("good").size());
      assertEquals(128, embedder.embed("good").length);
    }
    assertThrows(MalformedFileException.class, () -> Electra.textClassifier(model));
  }

  @Test
  void rankingsAreLearned() throws IOException {
    List<RankingExample> examples =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    new RankingExample(
                        i,
                        "who",
                        i % 2 == 0 ? List.of("red", "film") : List.of("film", "the", "red"),
                        i % 2 == 0 ? 0 : 2))
            .toList();
    TaskHead.PairRanking head = new TaskHead.PairRanking("turns");
    Path folderOfTurns = written("turns", start().onRankings(head, examples));
    LoadedModel model = LoadedModel.read(folderOfTurns);
    try (PairScorer scorer = Electra.pairScorer(model, head, Optional.empty())) {
      double[] scores =
          scorer.scores(
              List.of(
                  new TextPair("who", "film"),
                  new TextPair("who", "red"),
                  new TextPair("who", "the"),
                  new TextPair("who", "film ".repeat(600))));
      assertTrue(scores[1] > scores[0], "red against film");
      assertTrue(scores[1] > scores[2], "red against the");
      assertEquals(4, scores.length);
    }
  }

  @Test
  void theProbabilityOfALabelScoresAPair() throws IOException {
    TaskHead.Classification head = new TaskHead.Classification("fits", List.of("no", "yes"));
    List<TextExample> examples =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    new TextExample(
                        i, "who", i % 2 == 0 ? "red" : "film", i % 2 == 0 ? "yes" : "no"))
            .toList();
    Path place = written("fits", start().onTexts(head, examples));
    LoadedModel model = LoadedModel.read(place);
    List<TextPair> pairs = List.of(new TextPair("who", "film"), new TextPair("who", "red"));
    try (PairScorer scorer = Electra.pairScorer(model, head, Optional.of("yes"));
        TextClassifier classifier = Electra.textClassifier(model)) {
      double[] scores = scorer.scores(pairs);
      List<TextClassifier.Decision> decisions = classifier.classify(pairs);
      for (int i = 0; i < scores.length; i++) {
        assertEquals(decisions.get(i).probabilities().get("yes"), scores[i], 1e-6);
      }
      assertTrue(scores[1] > scores[0], "red against film");
    }
    MalformedFileException wrong =
        assertThrows(
            MalformedFileException.class,
            () -> Electra.pairScorer(model, head, Optional.of("maybe")));
    assertTrue(wrong.getMessage().contains("[no, yes], not \"maybe\""), wrong.getMessage());
    wrong =
        assertThrows(
            MalformedFileException.class, () -> Electra.pairScorer(model, head, Optional.empty()));
    assertTrue(wrong.getMessage().contains("not \"1\""), wrong.getMessage());
    TaskHead tags = new TaskHead.Tagging("tags", List.of("O", "B-X"));
    wrong =
        assertThrows(
            MalformedFileException.class, () -> Electra.pairScorer(model, tags, Optional.empty()));
    assertTrue(wrong.getMessage().contains("does not judge pairs"), wrong.getMessage());
  }

  @Test
  void aCheckpointWithoutVocabularyIsRefused() throws IOException {
    ElectraConfig tiny = ElectraConfig.tiny(15);
    Path model =
        written("mute", Checkpoint.of(tiny, WeightMap.initialise(TensorLayout.of(tiny), 0.02, 1)));
    MalformedFileException wrong =
        assertThrows(MalformedFileException.class, () -> Electra.embedder(model));
    assertTrue(wrong.getMessage().contains("no vocabulary"), wrong.getMessage());
  }
}
