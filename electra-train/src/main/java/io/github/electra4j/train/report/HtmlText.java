package io.github.electra4j.train.report;

/** Text inside HTML. */
public final class HtmlText {
  private HtmlText() {}

  /** The text with everything replaced that HTML gives a meaning, in elements and in attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
