package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.serve.task.Ability;
import io.github.electra4j.serve.task.ServedModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page in a real browser, asked by hand. */
class PageIT {
  private static final int WIDE = 1100;
  private static final int NARROW = 320;
  private static final int HIGH = 900;

  /** Every element with text of its own: the contrast of that text with what is behind it. */
  private static final String LEAST_CONTRAST =
      """
const channels = c => c.match(/[0-9.]+/g).map(Number);
const light = rgb => rgb.slice(0, 3).map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = e => {
  if (!e) return [255, 255, 255];
  const c = channels(getComputedStyle(e).backgroundColor);
  const alpha = c.length > 3 ? c[3] : 1;
  if (alpha === 1) return c;
  return behind(e.parentElement).map((v, i) => v * (1 - alpha) + c[i] * alpha);
};
let least = [21, ''];
for (const e of document.body.querySelectorAll('*')) {
  const own = e.tagName === 'TEXTAREA' ? e.value : [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('');
  if (!own.trim() || !e.checkVisibility() || e.tagName === 'SCRIPT') continue;
  const [a, b] = [light(channels(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
  const contrast = (a + 0.05) / (b + 0.05);
  if (contrast < least[0]) least = [contrast, e.tagName + ' ' + own];
}
return least;
""";

  private static Browser browser;
  private static ServedModel model;
  private static ElectraServer server;

  @BeforeAll
  static void start() throws IOException {
    browser = new Browser();
    model = TinyModel.all();
    server = ElectraServer.start(model, ServeConfig.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
    browser.close();
  }

  private static void ask(String ability, String first) {
    browser.choose(ability);
    browser.type("first", first);
    browser.ask();
    assertEquals(List.of(), browser.inResult(".error"), browser.text("result"));
  }

  @Test
  void everyKindOfQuestionIsAnswered() throws IOException {
    browser.open(server.uri(), WIDE, HIGH);
    assertEquals(model.abilities().stream().map(Ability::word).toList(), browser.abilities());
    assertEquals("tiny", browser.text("name"));
    assertTrue(browser.text("facts").contains("512 tokens"), browser.text("facts"));
    browser.assertQuietConsole();

    ask("classify", "a good film");
    assertEquals(2, browser.inResult(".bars .track").size());
    assertTrue(browser.text("result").contains("good"), browser.text("result"));
    assertTrue(browser.text("status").endsWith(" ms"), browser.text("status"));
    browser.type("second", "the bad film");
    browser.ask();
    assertTrue(browser.text("result").contains("%"), browser.text("result"));

    browser.choose("regress");
    browser.type("second", "the bad film");
    ask("regress", "a good film");
    assertTrue(browser.text("result").contains("from 0 to 5"), browser.text("result"));

    ask("parse", "the red films");
    assertEquals(2, browser.inResult(".bars .track").size());

    browser.choose("answer");
    browser.type("second", "who");
    ask("answer", "the red film. the blue film.");
    assertFalse(browser.inResult(".bars .track").isEmpty(), browser.text("result"));

    ask("tag", "red films <b>blue</b>");
    assertTrue(browser.text("result").contains("<b>"), browser.text("result"));

    ask("rank", "the red film\n\nbad blue films");
    assertEquals(2, browser.inResult(".bars .track").size());

    ask("detect", "the good blue film");
    assertEquals(4, browser.inResult(".token").size());

    ask("fill-mask", "the [MASK] and [MASK]");
    assertEquals(16, browser.inResult(".bars .track").size());

    ask("embed", "the film");
    assertTrue(browser.text("result").contains("Cosine"), browser.text("result"));
    browser.assertQuietConsole();
  }

  @Test
  void everythingComesFromTheServiceItself() {
    browser.open(server.uri(), WIDE, HIGH);
    ask("classify", "a good film");
    Object elsewhere =
        browser.run(
            "return performance.getEntriesByType('resource').map(r => r.name).filter(n =>"
                + " !n.startsWith(location.origin + '/') && !n.startsWith('data:'))");
    assertEquals(List.of(), elsewhere);
    browser.assertQuietConsole();
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    browser.open(server.uri(), WIDE, HIGH);
    browser.assertQuietConsole();
    browser.choose("fill-mask");
    browser.type("first", "no mask here");
    browser.ask();
    assertEquals(1, browser.inResult(".error").size());
    assertTrue(browser.text("result").contains("[MASK]"), browser.text("result"));
    assertFalse(browser.shown("raw"));
    browser.picture("wrong");
    // the browser itself notes the status; the page's script says nothing
    List<String> said = browser.console();
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.get(0).contains("status of 422"), said.toString());

    browser.choose("classify");
    assertEquals("", browser.text("result"));
    browser.type("first", "   ");
    browser.ask();
    assertTrue(browser.text("result").contains("empty"), browser.text("result"));
    browser.console();
    ask("classify", "fine again");
    browser.assertQuietConsole();
  }

  @Test
  void keysAskAndTheRequestIsShownForCurl() {
    browser.open(server.uri(), WIDE, HIGH);
    browser.choose("detect");
    browser.type("first", "who's good");
    browser.press("first", Keys.chord(Keys.CONTROL, Keys.ENTER));
    browser.awaitAnswer();
    assertTrue(browser.shown("raw"));
    browser.run("document.getElementById('raw').open = true");
    assertEquals(
        "curl --json '{\"text\":\"who'\\''s good\"}' %sv1/detect".formatted(server.uri()),
        browser.text("curl"));
    assertTrue(browser.text("json").contains("\"replaced\""), browser.text("json"));
    browser.assertQuietConsole();
  }

  @Test
  void aTokenIsAskedForWhereOneIsNeeded() throws IOException {
    String token = "a-token-of-some-length";
    ServeConfig config = ServeConfig.defaults().withToken(token);
    try (ElectraServer closed = ElectraServer.start(model, config)) {
      browser.open(closed.uri(), WIDE, HIGH);
      assertTrue(browser.shown("login"));
      assertEquals(List.of(), browser.abilities());
      browser.type("token", "a-wrong-one-of-some-length");
      browser.press("token", Keys.ENTER);
      browser.await("the refusal", () -> browser.text("result").contains("token is wrong"));
      browser.picture("token");
      browser.type("token", token);
      browser.press("token", Keys.ENTER);
      browser.await("the model", () -> !browser.abilities().isEmpty());
      assertFalse(browser.shown("login"));
      browser.console();
      ask("classify", "a good film");
      browser.run("document.getElementById('raw').open = true");
      assertFalse(browser.text("curl").contains(token), browser.text("curl"));
      browser.assertQuietConsole();
    }
  }

  @Test
  void aServiceThatIsGoneIsSaidToBeGone() throws IOException {
    try (ElectraServer gone = ElectraServer.start(model, ServeConfig.defaults())) {
      browser.open(gone.uri(), WIDE, HIGH);
    }
    browser.choose("classify");
    browser.ask();
    assertTrue(browser.text("result").contains("cannot be reached"), browser.text("result"));
    assertFalse(browser.console().isEmpty());
  }

  @Test
  void modelsOfOneKindOfferWhatTheyCan() throws IOException {
    for (TaskHead head : TinyModel.HEADS) {
      try (ServedModel one = ServedModel.of(head.task(), TinyModel.with(List.of(head)));
          ElectraServer its = ElectraServer.start(one, ServeConfig.defaults())) {
        browser.open(its.uri(), WIDE, HIGH);
        assertEquals(one.abilities().stream().map(Ability::word).toList(), browser.abilities());
        assertEquals(head.task(), browser.text("name"));
        browser.ask();
        assertEquals(List.of(), browser.inResult(".error"), browser.text("result"));
        browser.assertQuietConsole();
      }
    }
  }

  @Test
  void ranksAreShownAsWhatTheyAre() throws IOException {
    TaskHead pairs = new TaskHead.Classification("qnli", List.of("entailment", "not_entailment"));
    Map<TaskHead, String> notes =
        Map.of(
            pairs, "How likely each document fits",
            new TaskHead.Regression("stars", 0, 5), "The number that the model gives",
            new TaskHead.PairRanking("choice"), "Shares of the documents");
    for (Map.Entry<TaskHead, String> each : notes.entrySet()) {
      try (ServedModel one = ServedModel.of("ranks", TinyModel.with(List.of(each.getKey())));
          ElectraServer its = ElectraServer.start(one, ServeConfig.defaults())) {
        browser.open(its.uri(), WIDE, HIGH);
        ask("rank", "the red film\nbad blue films");
        assertEquals(2, browser.inResult(".bars .track").size());
        assertTrue(browser.text("result").contains(each.getValue()), browser.text("result"));
        browser.assertQuietConsole();
      }
    }
  }

  @Test
  void everyQuestionFitsNarrowAndWideAndCanBeReadInLightAndDark() throws IOException {
    for (String scheme : List.of("light", "dark")) {
      browser.scheme(scheme);
      for (int width : List.of(WIDE, NARROW)) {
        browser.open(server.uri(), width, HIGH);
        for (String ability : browser.abilities()) {
          browser.choose(ability);
          browser.ask();
          String place = "%s-%s-%d".formatted(ability, scheme, width);
          browser.picture(place);
          assertFits(place, width);
          assertLegible(place);
        }
      }
    }
    browser.scheme("light");
  }

  private static void assertFits(String place, int width) {
    Object needed = browser.run("return document.documentElement.scrollWidth");
    assertTrue(((Number) needed).intValue() <= width, place + " needs " + needed);
  }

  /** WCAG's least contrast for text. */
  private static void assertLegible(String place) {
    List<?> least = (List<?>) browser.run(LEAST_CONTRAST);
    assertTrue(((Number) least.get(0)).doubleValue() >= 4.5, place + ": " + least);
  }
}
