package io.github.electra4j.train.task;

import java.util.Arrays;

/**
 * What a head shall answer for one example, and where in its tokens. Examples without known answers
 * carry any valid target; predictions do not look at what is to be learned.
 */
public sealed interface TaskTarget
    permits TaskTarget.Label,
        TaskTarget.Score,
        TaskTarget.Tags,
        TaskTarget.Span,
        TaskTarget.Choice,
        TaskTarget.IntentAndTags {

  /** Number of token sequences that the example consists of. */
  default int sequences() {
    return 1;
  }

  /**
   * The class of a text.
   *
   * @param index of the label among the head's, from 0
   */
  record Label(int index) implements TaskTarget {
    /** Checks the index. */
    public Label {
      require(index >= 0, "label index", index, "at least 0");
    }
  }

  /**
   * The score of a text.
   *
   * @param value the regression target, normalised to [0, 1]
   */
  record Score(double value) implements TaskTarget {
    /** Checks the value. */
    public Score {
      require(value >= 0 && Double.isFinite(value), "score", value, "a score in [0, 1]");
    }
  }

  /**
   * The labels of the words of a sentence. Two are equal when their numbers are; the arrays are not
   * copied.
   *
   * @param positions of the first token of every word that was not cut off, ascending, above 0
   * @param labels index of every such word's label
   */
  record Tags(int[] positions, int[] labels) implements TaskTarget {
    /** Checks that there is a label for every word. */
    public Tags {
      if (positions.length != labels.length) {
        throw new IllegalArgumentException(
            "There are %d labels for %d words; give one per word"
                .formatted(labels.length, positions.length));
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tags tags
          && Arrays.equals(positions, tags.positions)
          && Arrays.equals(labels, tags.labels);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(positions) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
      return "Tags[positions=%s, labels=%s]"
          .formatted(Arrays.toString(positions), Arrays.toString(labels));
    }
  }

  /**
   * The answer to a question in one window of its text.
   *
   * @param start position of the first token, 0 if the answer is not in the window
   * @param end position of the last token, 0 if the answer is not in the window
   * @param impossible whether the question has no answer at all
   */
  record Span(int start, int end, boolean impossible) implements TaskTarget {
    /** No answer is known. */
    public static final Span UNKNOWN = new Span(0, 0, false);

    /** Checks the positions. */
    public Span {
      require(start >= 0, "start", start, "at least 0");
      require(end >= start, "end", end, "at least the start, " + start);
    }
  }

  /**
   * The right one of several candidates, each of which is a sequence of its own.
   *
   * @param candidates number of candidates, at least 1
   * @param right index of the right one, from 0
   */
  record Choice(int candidates, int right) implements TaskTarget {
    /** Checks the index. */
    public Choice {
      require(right >= 0 && right < candidates, "right", right, "below " + candidates);
    }

    @Override
    public int sequences() {
      return candidates;
    }
  }

  /**
   * Intent and labels of the words of an utterance.
   *
   * @param intent index of the intent, from 0
   * @param slots labels of the words
   */
  record IntentAndTags(int intent, Tags slots) implements TaskTarget {
    /** Checks the index. */
    public IntentAndTags {
      require(intent >= 0, "intent", intent, "at least 0");
    }
  }

  private static void require(boolean holds, String field, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "The target's %s is %s; it must be %s.".formatted(field, value, range));
    }
  }
}
