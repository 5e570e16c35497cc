package io.github.electra4j.cli;

import io.github.electra4j.train.inference.SuspicionHtml;
import java.util.Locale;
import java.util.Map;

/** The colours that the terminal on standard output has, and words on them. */
enum Palette {
  /** No terminal, or one without colours, or a user who wants none. */
  NONE {
    @Override
    String background(int[] rgb) {
      throw new AssertionError("there are no colours");
    }
  },
  /** The cube of 216 colours that nearly every terminal has. */
  INDEXED {
    @Override
    String background(int[] rgb) {
      int cube = 0;
      for (int value : rgb) {
        cube = 6 * cube + Math.round(value / 51f);
      }
      return "48;5;" + (16 + cube);
    }
  },
  /** 24 bits. */
  TRUE {
    @Override
    String background(int[] rgb) {
      return "48;2;%d;%d;%d".formatted(rgb[0], rgb[1], rgb[2]);
    }
  };

  /** Below it a word is not coloured, so that a dark terminal stays dark. */
  static final double LEAST = 0.1;

  private static final String ESCAPE = "\u001b[";

  /** Parameters of the escape sequence for a background. */
  abstract String background(int[] rgb);

  /** When a command uses colours. */
  enum When {
    AUTO,
    ALWAYS,
    NEVER
  }

  /**
   * The palette of the terminal on standard output.
   *
   * @param environment variables of the process
   * @param terminal whether there is one
   */
  static Palette of(Map<String, String> environment, boolean terminal) {
    boolean allowed = Console.allowsColours(environment.get("NO_COLOR"));
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    return terminal && allowed && !dumb ? depth(environment) : NONE;
  }

  /** The palette for a wish of the user's, which goes before {@code NO_COLOR}. */
  static Palette of(When wish, Palette terminal, Map<String, String> environment) {
    if (wish == When.NEVER) {
      return NONE;
    }
    return wish == When.ALWAYS && terminal == NONE ? depth(environment) : terminal;
  }

  private static Palette depth(Map<String, String> environment) {
    String depth = environment.getOrDefault("COLORTERM", "");
    return depth.equals("truecolor") || depth.equals("24bit") ? TRUE : INDEXED;
  }

  /** A text without what would command the terminal. */
  static String harmless(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD");
  }

  /**
   * A word on the colour of its suspicion, as {@link SuspicionHtml#colour} has it.
   *
   * @param replaced in [0, 1]
   * @param underlined whether to underline it, too
   */
  String paint(String word, double replaced, boolean underlined) {
    if (replaced < LEAST) {
      return underlined ? ESCAPE + "4m" + word + ESCAPE + "0m" : word;
    }
    return "%s%s38;5;16;%sm%s%s0m"
        .formatted(
            ESCAPE,
            underlined ? "4;" : "",
            background(SuspicionHtml.colour(replaced)),
            word,
            ESCAPE);
  }

  /** What the colours mean, in one line. */
  String legend(double threshold) {
    StringBuilder legend = new StringBuilder("probability of a replacement:");
    for (double value : new double[] {LEAST, 0.25, 0.5, 0.75, 1}) {
      legend.append(' ').append(paint(String.format(Locale.ROOT, " %.2f ", value), value, false));
    }
    return legend
        .append(String.format(Locale.ROOT, "; underlined from %.2f on", threshold))
        .toString();
  }
}
