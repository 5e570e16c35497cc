package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ExportOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {
  private static final String TEXT = "The film was <dull>.";

  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void importModel() throws IOException {
    model = DemoFiles.model(folder);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void wordsFromTheThresholdOnAreMarked() {
    Run all = Run.of("detect", model, "--text", TEXT, "--threshold", 0).exits(ExitCode.OK);
    assertEquals("", all.err());
    assertEquals(TEXT + "\n", all.out().replaceAll("\\[([^|]*)\\|[01]\\.\\d\\d]", "$1"));
    assertTrue(all.out().matches("\\[The\\|0\\.\\d\\d] .*\\n"), all.out());
    Run none = Run.of("detect", model, "--text", TEXT, "--threshold", 1).exits(ExitCode.OK);
    assertEquals(TEXT + "\n", none.out());
  }

  @Test
  void jsonHasOffsetsAndProbabilitiesOfWordsAndTokens() {
    JsonNode json = Run.of("detect", model, "--text", TEXT, "--json").exits(0).json();
    assertEquals(TEXT, json.get("text").textValue());
    assertEquals(7, json.get("words").size());
    JsonNode word = json.get("words").get(4);
    assertEquals("dull", word.get("word").textValue());
    assertEquals(14, word.get("start").intValue());
    assertEquals(18, word.get("end").intValue());
    double most = 0;
    for (JsonNode token : json.get("tokens")) {
      if (token.get("start").intValue() >= 14 && token.get("end").intValue() <= 18) {
        most = Math.max(most, token.get("replaced").doubleValue());
      }
    }
    assertEquals(most, word.get("replaced").doubleValue());
    assertEquals(most >= 0.5, word.get("suspicious").booleanValue());
  }

  @Test
  void everyLineIsATextUnlessAllIsADocument() {
    byte[] lines = utf8("the film\n\nwas dull\n");
    Run run = Run.withInput(lines, "detect", model, "--threshold", 1).exits(0);
    assertEquals("the film\n\nwas dull\n", run.out());
    JsonNode document = Run.withInput(lines, "detect", model, "--document", "--json").json();
    assertEquals("the film\n\nwas dull\n", document.get("text").textValue());
    assertEquals(4, document.get("words").size());
  }

  @Test
  void longTextsAreReadInWindows() throws IOException {
    Path file = Files.writeString(folder.resolve("long.txt"), "the film was dull. ".repeat(100));
    JsonNode json =
        Run.of("detect", model, "--input", file, "--document", "--json").exits(0).json();
    assertEquals(500, json.get("words").size());
  }

  @Test
  void aPageHoldsTheColouredTexts() throws IOException {
    Path page = folder.resolve("page.html");
    Run run = Run.of("detect", model, "--text", TEXT, "--text", "a film", "--html", page).exits(0);
    assertTrue(run.err().contains("page.html"), run.err());
    Object[] again = {"detect", model, "--text", TEXT, "--html", page, "--overwrite", "--quiet"};
    assertEquals("", Run.of(again).exits(ExitCode.OK).err());
    Run.of("detect", model, "--text", TEXT, "--text", "a film", "--html", page, "--overwrite");
    String html = Files.readString(page);
    assertTrue(html.startsWith("<!DOCTYPE html>"), html);
    assertEquals(3, html.split("<p class=\"suspicion\">", -1).length - 1);
    assertTrue(html.replaceAll("<[^>]*>", "").contains("The film was &lt;dull&gt;."), html);
    Run.of("detect", model, "--text", "a", "--html", page).refuses(3, "page.html", "--overwrite");
    Run.of("detect", model, "--text", "a", "--html", page, "--overwrite").exits(0);
    assertFalse(Files.readString(page).contains("dull"));
  }

  @Test
  void onATerminalWordsStandOnColoursAndNothingElseCommandsIt() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console terminal =
        new Console(
            new ByteArrayInputStream(utf8("the \u001b[2J film")),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            OptionalInt.of(80),
            true,
            Palette.TRUE);
    assertEquals(0, CommandLines.run(terminal, "detect", model.toString()));
    String shown = out.toString(StandardCharsets.UTF_8);
    String plain = shown.replaceAll("\u001b\\[(4;)?38;5;16;48;2(;\\d+){3}m|\u001b\\[(0|4)m", "");
    assertEquals("the \uFFFD[2J film\n", plain);
    assertTrue(shown.contains("\u001b[0m"), shown);
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("probability of a replacement:"));
    Run never = Run.of("detect", model, "--text", TEXT, "--color", "always").exits(0);
    assertTrue(never.out().contains("\u001b["), never.out());
  }

  @Test
  void foreignModelsWorkAsTheyAre() throws IOException {
    Run expected = Run.of("detect", model, "--text", TEXT, "--json");
    Path tensorflow = folder.resolve("electra_demo.zip");
    assertEquals(expected.out(), Run.of("detect", tensorflow, "--text", TEXT, "--json").out());
    Path exported = folder.resolve("exported");
    Conversion.from(model).to(exported, Conversion.Target.HUGGINGFACE, ExportOptions.standard());
    Path discriminator = exported.resolve("discriminator");
    Run foreign = Run.of("detect", discriminator, "--text", TEXT, "--json").exits(0);
    assertEquals(expected.out(), foreign.out());
  }

  @Test
  void mistakesAreRefused() {
    Run.of("detect", model, "--text", "a", "--threshold", 2).refuses(2, "--threshold is 2.0");
    Run.of("detect", model, "--text", "a", "--document").refuses(2, "--document");
    Run.of("detect", model, "--color", "pink").refuses(2, "[auto, always, never]");
    Run.of("detect", folder.resolve("none"), "--text", "a").refuses(3, "none does not exist");
    Run.withInput(new byte[] {(byte) 0xff}, "detect", model, "--document")
        .refuses(3, "standard input: the text is not UTF-8");
  }

  @Test
  void thePaletteFollowsTheTerminalAndTheUser() {
    Map<String, String> plain = Map.of("TERM", "xterm-256color");
    assertEquals(Palette.INDEXED, Palette.of(plain, true));
    assertEquals(Palette.NONE, Palette.of(plain, false));
    assertEquals(Palette.NONE, Palette.of(Map.of(), true));
    assertEquals(Palette.NONE, Palette.of(Map.of("TERM", "dumb"), true));
    assertEquals(Palette.NONE, Palette.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true));
    Map<String, String> rich = Map.of("TERM", "xterm", "COLORTERM", "truecolor");
    assertEquals(Palette.TRUE, Palette.of(rich, true));
    assertEquals(Palette.NONE, Palette.of(Palette.When.NEVER, Palette.TRUE, rich));
    assertEquals(Palette.TRUE, Palette.of(Palette.When.ALWAYS, Palette.NONE, rich));
    assertEquals(Palette.NONE, Palette.of(Palette.When.AUTO, Palette.NONE, rich));
    assertEquals("\u001b[4;38;5;16;48;5;210mx\u001b[0m", Palette.INDEXED.paint("x", 0.9, true));
    assertEquals("x", Palette.INDEXED.paint("x", 0.05, false));
    assertEquals(List.of("a\tb\n"), List.of(Palette.harmless("a\tb\n")));
  }
}
