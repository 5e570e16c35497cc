package io.github.electra4j.tokenizer.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The characters that a vocabulary can spell. Each is a piece, and a continuation too if it occurs
 * in words of several characters; punctuation and ideographs, which are words of their own, do not.
 */
final class Alphabet {
  private final SortedSet<Integer> characters;
  private final SortedSet<Integer> continuing;

  private Alphabet(SortedSet<Integer> characters, SortedSet<Integer> continuing) {
    this.characters = characters;
    this.continuing = continuing;
  }

  /** The most frequent characters; of equally frequent ones the first in Unicode. */
  static Alphabet of(WordCounts words, VocabularyOptions options) {
    Map<Integer, Long> counts = new HashMap<>();
    TreeSet<Integer> continuing = new TreeSet<>();
    for (int i = 0; i < words.size(); i++) {
      long count = words.count(i);
      int[] word = words.word(i).codePoints().toArray();
      for (int character : word) {
        counts.merge(character, count, Long::sum);
        if (word.length > 1) {
          continuing.add(character);
        }
      }
    }
    TreeSet<Integer> characters = new TreeSet<>();
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= options.minFrequency())
        .sorted(
            Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(options.alphabetLimit())
        .forEach(entry -> characters.add(entry.getKey()));
    continuing.retainAll(characters);
    return new Alphabet(characters, continuing);
  }

  /** Number of characters. */
  int size() {
    return characters.size();
  }

  /** Adds the characters, then their continuations. */
  void addTo(PieceList pieces) {
    characters.forEach(character -> pieces.add(Character.toString(character)));
    continuing.forEach(
        character -> pieces.add(PieceList.CONTINUES + Character.toString(character)));
  }

  /** The words of several characters that can be spelled, as ids of single characters. */
  Segments segments(WordCounts words, PieceList pieces) {
    Map<Integer, Integer> first = new HashMap<>();
    Map<Integer, Integer> later = new HashMap<>();
    for (int character : continuing) {
      first.put(character, pieces.id(Character.toString(character)));
      later.put(character, pieces.id(PieceList.CONTINUES + Character.toString(character)));
    }
    List<int[]> spelled = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      int[] word = words.word(i).codePoints().toArray();
      if (word.length > 1 && continuing.containsAll(words.word(i).codePoints().boxed().toList())) {
        for (int k = 0; k < word.length; k++) {
          word[k] = (k == 0 ? first : later).get(word[k]);
        }
        spelled.add(word);
        counts.add(words.count(i));
      }
    }
    return new Segments(
        spelled.toArray(int[][]::new), counts.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * Words taken apart.
   *
   * @param pieces ids of each word's pieces, in order
   * @param counts occurrences of each word
   */
  record Segments(int[][] pieces, long[] counts) {}
}
