package io.github.electra4j.train.inference;

import io.github.electra4j.train.report.HtmlText;
import java.util.List;
import java.util.Locale;

/**
 * Texts as HTML in which every word stands on a background that says how probably it was replaced:
 * from white (0) over yellow (0.5) to red (1). Words from a threshold on are also underlined, for
 * those who do not see colours or print without them.
 *
 * <pre>{@code
 * List<ReplacementDetector.Token> tokens = detector.detect(text);
 * String html =
 *     SuspicionHtml.page(
 *         "suspicion",
 *         0.5,
 *         List.of(SuspicionHtml.paragraph(text, ReplacementDetector.words(text, tokens), 0.5)));
 * }</pre>
 */
public final class SuspicionHtml {
  /** Rules for the elements that the other methods make, for a page's {@code <style>}. */
  public static final String STYLE =
      ".suspicion{white-space:pre-wrap;line-height:1.7;color:#000;background:#fff;padding:.3em}"
          + ".suspicion mark{color:#000;border-radius:3px;padding:0 1px}"
          + ".suspicion mark.replaced{font-weight:bold;text-decoration:underline}";

  private static final double[] STOPS = {0, 0.5, 1};
  private static final int[][] COLOURS = {{255, 255, 255}, {255, 214, 102}, {235, 94, 85}};
  private static final double[] LEGEND = {0, 0.25, 0.5, 0.75, 1};

  private SuspicionHtml() {}

  /**
   * The background of a word; black text is readable on all of them.
   *
   * @param replaced in [0, 1]
   * @return red, green and blue, each 0 to 255
   */
  public static int[] colour(double replaced) {
    int upper = replaced < STOPS[1] ? 1 : 2;
    double share = (replaced - STOPS[upper - 1]) / (STOPS[upper] - STOPS[upper - 1]);
    int[] colour = new int[3];
    for (int i = 0; i < colour.length; i++) {
      int from = COLOURS[upper - 1][i];
      colour[i] = (int) Math.round(from + share * (COLOURS[upper][i] - from));
    }
    return colour;
  }

  /**
   * A text as one {@code <p>}.
   *
   * @param words of the text, in order, as {@link ReplacementDetector#words} gives them
   * @param threshold from which on a word is underlined, in [0, 1]
   */
  public static String paragraph(
      String text, List<ReplacementDetector.Word> words, double threshold) {
    StringBuilder out = new StringBuilder("<p class=\"suspicion\">");
    int done = 0;
    for (ReplacementDetector.Word word : words) {
      int start = Math.max(done, word.start()); // words that share a character stand on it once
      out.append(HtmlText.escape(text.substring(done, start)));
      done = Math.max(start, word.end());
      out.append(mark(text.substring(start, done), word.replaced(), threshold));
    }
    return out.append(HtmlText.escape(text.substring(done))).append("</p>\n").toString();
  }

  /** What the colours mean, as one {@code <p>}. */
  public static String legend(double threshold) {
    StringBuilder out = new StringBuilder("<p class=\"suspicion\">probability of a replacement: ");
    for (double value : LEGEND) {
      out.append(mark(String.format(Locale.ROOT, "%.2f", value), value, 2)).append(' ');
    }
    return out.append(
            String.format(
                Locale.ROOT,
                "<mark class=\"replaced\" style=\"background:none\">%.2f</mark> and more</p>\n",
                threshold))
        .toString();
  }

  /**
   * A page that needs nothing but itself.
   *
   * @param title of the page, plain text
   * @param threshold for the legend
   * @param blocks HTML below the legend, e.g. paragraphs of this class
   */
  public static String page(String title, double threshold, List<String> blocks) {
    String escaped = HtmlText.escape(title);
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
        + escaped
        + "</title><style>body{font-family:sans-serif;margin:2em auto;max-width:50em}"
        + STYLE
        + "</style></head><body>\n<h1>"
        + escaped
        + "</h1>\n"
        + legend(threshold)
        + String.join("", blocks)
        + "</body></html>\n";
  }

  private static String mark(String word, double replaced, double threshold) {
    int[] rgb = colour(replaced);
    return String.format(
        Locale.ROOT,
        "<mark%s style=\"background:#%02x%02x%02x\" title=\"%.3f\">%s</mark>",
        replaced >= threshold ? " class=\"replaced\"" : "",
        rgb[0],
        rgb[1],
        rgb[2],
        replaced,
        HtmlText.escape(word));
  }
}
