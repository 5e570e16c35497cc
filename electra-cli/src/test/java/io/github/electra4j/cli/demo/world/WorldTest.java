package io.github.electra4j.cli.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TextExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
  private static List<String> words(Trade trade) {
    return Stream.of(Slot.values()).flatMap(slot -> trade.words(slot).stream()).toList();
  }

  private static Set<String> words(List<Trade> trades) {
    return trades.stream().flatMap(trade -> words(trade).stream()).collect(Collectors.toSet());
  }

  @Test
  void everyWordBelongsToOneTradeAlone() {
    List<String> all = new ArrayList<>();
    Trade.ALL.forEach(trade -> all.addAll(words(trade)));
    Set<String> twice = new TreeSet<>();
    all.stream().filter(word -> Collections.frequency(all, word) > 1).forEach(twice::add);
    assertEquals(Set.of(), twice);
    assertTrue(Trade.ALL.size() >= 12, () -> "trades: " + Trade.ALL);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noTestStandsInTheTexts(long seed) {
    World world = World.seeded(seed);
    Set<String> lines = new HashSet<>(new Chronicle(world).lines(4000, seed));
    List<String> tests = new ArrayList<>();
    Plausibility.examples(world.unseen(), 300, 5).forEach(each -> tests.add(each.textA()));
    Lists.questions(world.unseen(), 300, 5).forEach(each -> tests.add(each.question().context()));
    Labelling.sentences(world.unseen(), 300, 5)
        .forEach(each -> tests.add(String.join(" ", each.words())));
    List<String> told = tests.stream().filter(lines::contains).toList();
    assertEquals(List.of(), told, () -> "seed=" + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsAskedForInTestsIsNotTaught(long seed) {
    World world = World.seeded(seed);
    Set<String> asked = new HashSet<>(world.unseen().towns());
    world.unseen().people().forEach(person -> asked.add(person.name()));
    world.unseen().trades().forEach(trade -> asked.addAll(trade.goods()));
    world.unseen().trades().forEach(trade -> asked.addAll(trade.tools()));
    List<String> texts = new ArrayList<>();
    Plausibility.examples(world.taught(), 300, 5).forEach(each -> texts.add(each.textA()));
    Lists.questions(world.taught(), 300, 5)
        .forEach(each -> texts.add(each.question().text() + " " + each.question().context()));
    Labelling.sentences(world.taught(), 300, 5)
        .forEach(each -> texts.add(String.join(" ", each.words())));
    for (String text : texts) {
      assertTrue(
          Collections.disjoint(asked, Arrays.asList(text.split(" ", -1))),
          () -> "seed=" + seed + ": " + text);
    }
    assertEquals(words(Trade.ALL), words(world.whole().trades()));
    Set<String> both = new HashSet<>(words(world.taught().trades()));
    both.addAll(words(world.unseen().trades()));
    assertEquals(words(Trade.ALL), both);
  }

  @Test
  void namesAreThoseOfOneOnly() {
    World.Part whole = World.seeded(4).whole();
    List<String> names = new ArrayList<>(whole.towns());
    whole.people().forEach(person -> names.add(person.name()));
    assertEquals(names.size(), Set.copyOf(names).size());
  }

  @Test
  void seedsDecide() {
    assertEquals(
        new Chronicle(World.seeded(7)).lines(50, 1), new Chronicle(World.seeded(7)).lines(50, 1));
    assertNotEquals(
        new Chronicle(World.seeded(7)).lines(50, 1), new Chronicle(World.seeded(8)).lines(50, 1));
    assertNotEquals(
        new Chronicle(World.seeded(7)).lines(50, 1), new Chronicle(World.seeded(7)).lines(50, 2));
  }

  @Test
  void passagesArePartedAndEndWithAStop() {
    List<String> lines = new Chronicle(World.seeded(1)).lines(200, 1);
    assertEquals(200, lines.stream().filter(String::isEmpty).count());
    assertEquals("", lines.get(lines.size() - 1));
    for (String line : lines) {
      assertTrue(line.matches("|[a-z ,]+ [.?]"), line);
    }
  }

  /** What a sentence has for a slot. */
  private static Optional<String> found(String sentence, String slot) {
    for (String frame : Grammar.HABITS) {
      if (frame.contains("{" + slot + "}") && frame.contains("{adjective}")) {
        String pattern =
            frame
                .replace("{who}", "the \\w+")
                .replace(" a ", " an? ")
                .replace("{" + slot + "}", "(?<word>\\w+)")
                .replaceAll("\\{\\w+\\}", "\\\\w+");
        Matcher matcher = Pattern.compile(pattern).matcher(sentence);
        if (matcher.matches()) {
          return Optional.of(matcher.group("word"));
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void oddSentencesHaveSomethingElseForOneGoodOrTool() {
    World.Part unseen = World.seeded(2).unseen();
    List<TextExample> examples = Plausibility.examples(unseen, 200, 3);
    for (int i = 0; i < examples.size(); i++) {
      String sentence = examples.get(i).textA();
      Trade trade =
          unseen.trades().stream()
              .filter(one -> sentence.startsWith("the " + one.name() + " "))
              .findFirst()
              .orElseThrow();
      int wrong =
          (int)
                  found(sentence, "good").filter(word -> !trade.goods().contains(word)).stream()
                      .count()
              + (int)
                  found(sentence, "tool").filter(word -> !trade.tools().contains(word)).stream()
                      .count();
      boolean usual = i % 2 == 1;
      assertEquals(usual ? "usual" : "odd", examples.get(i).label());
      assertEquals(usual ? 0 : 1, wrong, sentence);
    }
    long different = examples.stream().map(TextExample::textA).distinct().count();
    assertTrue(different > 150, () -> different + " of 200 differ");
  }

  @Test
  void oneWordOfTheListIsTheAnswerAndStandsWhereItSays() {
    World.Part unseen = World.seeded(2).unseen();
    for (AnsweredQuestion each : Lists.questions(unseen, 200, 3)) {
      String context = each.question().context();
      Set<String> asked =
          switch (each.question().text()) {
            case "what is the person ?" ->
                unseen.people().stream().map(Person::name).collect(Collectors.toSet());
            case "what is the town ?" -> Set.copyOf(unseen.towns());
            case "what is the good ?" ->
                unseen.trades().stream()
                    .flatMap(one -> one.goods().stream())
                    .collect(Collectors.toSet());
            case "what is the tool ?" ->
                unseen.trades().stream()
                    .flatMap(one -> one.tools().stream())
                    .collect(Collectors.toSet());
            default -> throw new AssertionError(each.question().text());
          };
      List<String> fitting = Arrays.stream(context.split(" ", -1)).filter(asked::contains).toList();
      assertEquals(each.answers(), fitting, context);
      int start = each.question().known().orElseThrow().start();
      assertTrue((context.substring(start) + " ").startsWith(fitting.get(0) + " "), context);
    }
  }

  @Test
  void everyLabelOccursAndIsKnown() {
    Set<String> labels = new TreeSet<>();
    for (TaggedSentence each : Labelling.sentences(World.seeded(1).unseen(), 200, 1)) {
      labels.addAll(each.tags());
    }
    assertEquals(new TreeSet<>(Labelling.LABELS), labels);
  }

  @Test
  void articlesFollowTheWordBehindThem() {
    Sentence sentence =
        new Sentence(
            List.of("she", "has", "a", "oven", "and", "an", "whisk", "."),
            Collections.nCopies(8, Optional.empty()));
    assertEquals("she has an oven and a whisk .", sentence.text());
    assertEquals("she has a tray and a whisk .", sentence.with(3, "tray").text());
  }
}
