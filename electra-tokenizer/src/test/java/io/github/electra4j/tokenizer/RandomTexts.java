package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import java.util.function.Predicate;

/** Seeded texts from the corners of Unicode, and the smallest of those that break a property. */
final class RandomTexts {
  /**
   * First and last code points to draw from; lone surrogates and unassigned ones are among them.
   */
  private static final int[][] POOLS = {
    {0x20, 0x7E},
    {'a', 'e'},
    {0x00, 0xFF},
    {0x100, 0x24F},
    {0x300, 0x36F},
    {0x370, 0x3FF},
    {0x3A3, 0x3A3},
    {0x5B0, 0x5C7},
    {0x900, 0xDFF},
    {0xF40, 0xFBC},
    {0x1100, 0x11FF},
    {0x1B00, 0x1B4B},
    {0x1E00, 0x20FF},
    {0x302A, 0x30FF},
    {0x4E00, 0x4E20},
    {0xAC00, 0xAC40},
    {0xD800, 0xDFFF},
    {0xE000, 0xE010},
    {0xF900, 0xFAFF},
    {0xFE00, 0xFFFF},
    {0x1D150, 0x1D172},
    {0x10400, 0x1044F},
    {0x1F300, 0x1F6FF},
    {0x2F800, 0x2FA1F},
    {0x20, 0x20},
    {0, Character.MAX_CODE_POINT}
  };

  private RandomTexts() {}

  /** Checks a property on texts of up to {@code maxLength} characters; a failure shrinks. */
  static void check(long seed, int texts, int maxLength, Predicate<String> property) {
    Random random = new Random(seed);
    for (int i = 0; i < texts; i++) {
      String text = draw(random, 1 + random.nextInt(maxLength));
      if (!property.test(text)) {
        String smallest = shrink(text, property);
        fail("seed=" + seed + ", text " + i + ", smallest: \"" + escaped(smallest) + "\"");
      }
    }
  }

  static String draw(Random random, int length) {
    int[][] pools = new int[1 + random.nextInt(4)][];
    for (int i = 0; i < pools.length; i++) {
      pools[i] = POOLS[random.nextInt(POOLS.length)];
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int[] pool = pools[random.nextInt(pools.length)];
      text.appendCodePoint(pool[0] + random.nextInt(pool[1] - pool[0] + 1));
    }
    return text.toString();
  }

  private static String shrink(String text, Predicate<String> property) {
    String smallest = text;
    for (int i = 0; i < smallest.length(); ) {
      String shorter = new StringBuilder(smallest).deleteCharAt(i).toString();
      if (property.test(shorter)) {
        i++;
      } else {
        smallest = shorter;
        i = 0;
      }
    }
    return smallest;
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c > 32 && c < 127 ? Character.toString(c) : "\\u%04x".formatted((int) c));
    }
    return escaped.toString();
  }
}
