package io.github.electra4j.eval.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far an answer to a question is the right one, by the rules of the official SQuAD scripts.
 * Answers are compared without regard to case, ASCII punctuation, the words <em>a</em>, <em>an</em>
 * and <em>the</em>, and white space. Example: {@code normalized("The U.S.A., an Apple's")} is
 * {@code "usa apples"}; {@code f1("the big cat", "big cat sat", SQUAD_2)} is 0.8.
 */
public final class AnswerMatch {
  /** What the official scripts say of an answer without words. */
  public enum EmptyAnswers {
    /** Versions 1.1 and MRQA: it overlaps with nothing, not even with another one. */
    MATCH_NOTHING,
    /** Version 2.0: it matches another empty one, because it says that there is no answer. */
    MATCH_EACH_OTHER
  }

  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private AnswerMatch() {}

  /** The text as it is compared: words joined by single blanks. */
  public static String normalized(String text) {
    return String.join(" ", words(text));
  }

  /** 1 if both texts are alike when normalised, else 0. */
  public static double exact(String gold, String predicted) {
    return words(gold).equals(words(predicted)) ? 1 : 0;
  }

  /** The harmonic mean of precision and recall over the words, each as often as it occurs. */
  public static double f1(String gold, String predicted, EmptyAnswers empty) {
    List<String> goldWords = words(gold);
    List<String> predictedWords = words(predicted);
    if (goldWords.isEmpty() || predictedWords.isEmpty()) {
      boolean both = goldWords.equals(predictedWords);
      return both && empty == EmptyAnswers.MATCH_EACH_OTHER ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    goldWords.forEach(word -> left.merge(word, 1, Integer::sum));
    int shared = 0;
    for (String word : predictedWords) {
      int rest = left.getOrDefault(word, 0);
      if (rest > 0) {
        left.put(word, rest - 1);
        shared++;
      }
    }
    if (shared == 0) {
      return 0;
    }
    double precision = (double) shared / predictedWords.size();
    double recall = (double) shared / goldWords.size();
    return 2 * precision * recall / (precision + recall);
  }

  /** The best {@link #exact} over several gold answers; 0 if there is none. */
  static double bestExact(List<String> golds, String predicted) {
    return golds.stream().mapToDouble(gold -> exact(gold, predicted)).max().orElse(0);
  }

  /** The best {@link #f1} over several gold answers; 0 if there is none. */
  static double bestF1(List<String> golds, String predicted, EmptyAnswers empty) {
    return golds.stream().mapToDouble(gold -> f1(gold, predicted, empty)).max().orElse(0);
  }

  private static List<String> words(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    StringBuilder kept = new StringBuilder(lower.length());
    lower.codePoints().filter(c -> PUNCTUATION.indexOf(c) < 0).forEach(kept::appendCodePoint);
    return PythonWords.split(withoutArticles(kept.toString()));
  }

  /** Python's {@code re.sub(r'\b(a|an|the)\b', ' ', text)}. */
  private static String withoutArticles(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && PythonWords.isPartOfWord(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (end == at) {
        int c = text.codePointAt(at);
        kept.appendCodePoint(c);
        at += Character.charCount(c);
        continue;
      }
      String run = text.substring(at, end);
      boolean article = run.equals("a") || run.equals("an") || run.equals("the");
      kept.append(article ? " " : run);
      at = end;
    }
    return kept.toString();
  }
}
