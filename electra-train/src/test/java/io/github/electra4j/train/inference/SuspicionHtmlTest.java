package io.github.electra4j.train.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.train.inference.ReplacementDetector.Token;
import io.github.electra4j.train.inference.ReplacementDetector.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspicionHtmlTest {
  @Test
  void coloursGoFromWhiteOverYellowToRed() {
    assertArrayEquals(new int[] {255, 255, 255}, SuspicionHtml.colour(0));
    assertArrayEquals(new int[] {255, 235, 179}, SuspicionHtml.colour(0.25));
    assertArrayEquals(new int[] {255, 214, 102}, SuspicionHtml.colour(0.5));
    assertArrayEquals(new int[] {235, 94, 85}, SuspicionHtml.colour(1));
  }

  @Test
  void aParagraphHoldsTheWholeTextAndItsWords() {
    String text = " a <b> & c";
    String html =
        SuspicionHtml.paragraph(
            text, List.of(new Word("a", 1, 2, 0.1), new Word("b", 4, 5, 0.9)), 0.9);
    assertEquals(
        "<p class=\"suspicion\"> <mark style=\"background:#fff7e0\" title=\"0.100\">a</mark>"
            + " &lt;<mark class=\"replaced\" style=\"background:#ef7658\" title=\"0.900\">b</mark>"
            + "&gt; &amp; c</p>\n",
        html);
  }

  @Test
  void wordsThatShareACharacterShowItOnce() {
    String html =
        SuspicionHtml.paragraph("½", List.of(new Word("½", 0, 1, 0), new Word("½", 0, 1, 1)), 0.5);
    assertEquals("½", html.replaceAll("<[^>]*>", "").strip());
  }

  @Test
  void aPageNeedsNothingButItself() {
    String page = SuspicionHtml.page("<x>", 0.5, List.of("<p>block</p>"));
    assertTrue(page.contains("<title>&lt;x&gt;</title>"), page);
    assertTrue(page.contains("<p>block</p>"), page);
    assertTrue(page.contains(SuspicionHtml.legend(0.5)), page);
    assertFalse(page.matches("(?s).*(src=|href=|@import|http).*"), page);
  }

  @Test
  void tokensArePutTogetherToWords() {
    String text = "Good films.";
    List<Word> words =
        ReplacementDetector.words(
            text,
            List.of(
                new Token("good", 0, 4, 0.1),
                new Token("film", 5, 9, 0.2),
                new Token("##s", 9, 10, 0.7),
                new Token(".", 10, 11, 0.3)));
    assertEquals(
        List.of(
            new Word("Good", 0, 4, 0.1), new Word("films", 5, 10, 0.7), new Word(".", 10, 11, 0.3)),
        words);
  }
}
