package io.github.electra4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Made-up languages for benchmarks without files: a vocabulary of the size of BERT's, English-like
 * lines whose words follow Zipf's law, and lines in many scripts. The same seed makes the same
 * text.
 */
final class SyntheticLanguages {
  /** Pieces in BERT's uncased vocabulary. */
  static final int VOCABULARY_SIZE = 30_522;

  private static final List<String> SPECIAL_TOKENS =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final String PUNCTUATION = ".,;:!?'\"()-$%&/[]*+=<>@#_`{|}~^\\";
  private static final String ONSETS = "bcdfghjklmnprstvwz";
  private static final String VOWELS = "aeiou";
  private static final String CODAS = "nrstlmdk";
  private static final int LINE_LENGTH = 300;

  /** First and last letters of alphabets, case and accents included. */
  private static final int[][] ALPHABETS = {
    {'a', 'z'},
    {0xE0, 0xF6},
    {0x101, 0x17E},
    {0x3B1, 0x3C1},
    {0x410, 0x44F},
    {0x531, 0x556},
    {0x5D0, 0x5EA},
    {0x621, 0x63A},
    {0x905, 0x939},
    {0xE01, 0xE2E},
    {0x10D0, 0x10F0},
    {0x3042, 0x3093},
    {0x30A2, 0x30F3},
    {0x4E00, 0x4F00},
    {0xAC00, 0xAE00},
    {0x1EA0, 0x1EF9}
  };

  private final Random random;
  private final List<String> words = new ArrayList<>(); // most frequent first
  private final Set<String> pieces = new LinkedHashSet<>(SPECIAL_TOKENS);

  SyntheticLanguages(long seed) {
    random = new Random(seed);
    addCharacters();
    while (pieces.size() < VOCABULARY_SIZE) {
      String word = word(1 + Math.min(3, words.size() / 400 + random.nextInt(2)));
      if (random.nextInt(5) == 0) {
        pieces.add("##" + word);
      } else if (pieces.add(word)) {
        words.add(word);
      }
    }
  }

  private void addCharacters() {
    for (int i = 0; i < PUNCTUATION.length(); i++) {
      pieces.add(PUNCTUATION.substring(i, i + 1));
    }
    for (char digit = '0'; digit <= '9'; digit++) {
      pieces.add(String.valueOf(digit));
      pieces.add("##" + digit);
    }
    for (int[] alphabet : ALPHABETS) {
      for (int letter = alphabet[0]; letter <= alphabet[1]; letter += 1 + letter % 2) {
        pieces.add(Character.toString(letter));
        pieces.add("##" + Character.toString(letter));
      }
    }
  }

  private String word(int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(draw(ONSETS)).append(draw(VOWELS));
      if (random.nextInt(3) == 0) {
        word.append(draw(CODAS));
      }
    }
    return word.toString();
  }

  private char draw(String characters) {
    return characters.charAt(random.nextInt(characters.length()));
  }

  /** The vocabulary, special tokens first. */
  List<String> vocabulary() {
    return List.copyOf(pieces);
  }

  /** English-like lines of altogether about {@code characters} characters, ASCII only. */
  List<String> english(int characters) {
    List<String> lines = new ArrayList<>();
    for (int written = 0; written < characters; written += LINE_LENGTH) {
      StringBuilder line = new StringBuilder();
      boolean capital = true;
      while (line.length() < LINE_LENGTH) {
        String word = frequentWord();
        line.append(capital ? Character.toUpperCase(word.charAt(0)) : word.charAt(0));
        line.append(word, 1, word.length());
        int next = random.nextInt(20);
        capital = next == 0;
        line.append(next == 0 ? ". " : next < 3 ? ", " : " ");
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** A word by Zipf's law; one in twenty is a compound that the vocabulary does not hold. */
  private String frequentWord() {
    double rank = Math.pow(words.size(), random.nextDouble()) - 1;
    String word = words.get((int) rank);
    return random.nextInt(20) == 0 ? word + words.get(random.nextInt(words.size())) : word;
  }

  /** Lines of altogether about {@code characters} characters, each in two of the alphabets. */
  List<String> multilingual(int characters) {
    List<String> lines = new ArrayList<>();
    for (int written = 0; written < characters; written += LINE_LENGTH / 3) {
      int[][] alphabets = {
        ALPHABETS[random.nextInt(ALPHABETS.length)], ALPHABETS[random.nextInt(ALPHABETS.length)]
      };
      StringBuilder line = new StringBuilder();
      while (line.length() < LINE_LENGTH / 3) {
        int[] alphabet = alphabets[random.nextInt(2)];
        for (int letters = 2 + random.nextInt(6); letters > 0; letters--) {
          line.appendCodePoint(alphabet[0] + random.nextInt(alphabet[1] - alphabet[0] + 1));
        }
        line.append(random.nextInt(8) == 0 ? ", " : " ");
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
