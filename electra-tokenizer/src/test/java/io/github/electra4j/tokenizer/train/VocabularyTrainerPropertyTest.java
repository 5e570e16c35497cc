package io.github.electra4j.tokenizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The trainer against one that counts everything anew for every join. */
class VocabularyTrainerPropertyTest {
  @Test
  void joinsAreThoseOfCountingEverythingAnew() {
    for (int seed = 0; seed < 60; seed++) {
      Map<String, Long> corpus = corpus(new Random(seed));
      int size = 20 + seed;
      List<String> pieces =
          VocabularyTrainer.train(WordCounts.of(corpus), VocabularyOptions.ofSize(size))
              .vocabulary()
              .pieces();
      List<String> slow = new ArrayList<>(pieces.subList(0, simplePieces(pieces)));
      joinSlowly(corpus, slow, size);
      assertEquals(slow, pieces, "seed=" + seed + " " + corpus);
    }
  }

  private static Map<String, Long> corpus(Random random) {
    Map<String, Long> corpus = new HashMap<>();
    for (int i = 0; i < 25; i++) {
      StringBuilder word = new StringBuilder();
      for (int k = random.nextInt(7); k >= 0; k--) {
        word.append((char) ('a' + random.nextInt(3)));
      }
      corpus.merge(word.toString(), 1L + random.nextInt(5), Long::sum);
    }
    return corpus;
  }

  private static int simplePieces(List<String> pieces) {
    int simple = 5;
    while (simple < pieces.size() && pieces.get(simple).replace("##", "").length() == 1) {
      simple++;
    }
    return simple;
  }

  private static void joinSlowly(Map<String, Long> corpus, List<String> pieces, int size) {
    Map<List<String>, Long> words = new HashMap<>();
    corpus.forEach((word, count) -> words.merge(characters(word), count, Long::sum));
    while (pieces.size() < size) {
      List<String> best = best(words, pieces);
      if (best == null) {
        return;
      }
      String whole = best.get(0) + best.get(1).substring(2);
      if (!pieces.contains(whole)) {
        pieces.add(whole);
      }
      Map<List<String>, Long> before = new HashMap<>(words);
      words.clear();
      before.forEach((word, count) -> words.merge(joined(word, best, whole), count, Long::sum));
    }
  }

  private static List<String> characters(String word) {
    List<String> characters = new ArrayList<>();
    for (int i = 0; i < word.length(); i++) {
      characters.add((i == 0 ? "" : "##") + word.charAt(i));
    }
    return characters;
  }

  private static List<String> best(Map<List<String>, Long> words, List<String> pieces) {
    Map<List<String>, Long> counts = new HashMap<>();
    words.forEach(
        (word, count) -> {
          for (int i = 1; i < word.size(); i++) {
            counts.merge(word.subList(i - 1, i + 1), count, Long::sum);
          }
        });
    TreeMap<String, List<String>> ordered = new TreeMap<>();
    counts.forEach(
        (pair, count) -> {
          if (count >= 2) {
            ordered.put(
                "%09d %05d %05d"
                    .formatted(
                        1_000_000 - count,
                        pieces.indexOf(pair.get(0)),
                        pieces.indexOf(pair.get(1))),
                pair);
          }
        });
    return ordered.isEmpty() ? null : List.copyOf(ordered.firstEntry().getValue());
  }

  private static List<String> joined(List<String> word, List<String> pair, String whole) {
    List<String> after = new ArrayList<>();
    int i = 0;
    while (i < word.size()) {
      boolean here = i + 1 < word.size() && word.subList(i, i + 2).equals(pair);
      after.add(here ? whole : word.get(i));
      i += here ? 2 : 1;
    }
    return after;
  }
}
