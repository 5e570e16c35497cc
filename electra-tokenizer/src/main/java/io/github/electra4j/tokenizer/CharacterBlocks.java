package io.github.electra4j.tokenizer;

import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * The entries of a {@link CharacterTable} while they are painted, in blocks of 128 code points.
 * Blocks of one kind throughout are shared until something else is painted into one of them.
 */
final class CharacterBlocks {
  private static final int SIZE = 1 << CharacterTable.BLOCK_SHIFT;
  private static final int COUNT = (Character.MAX_CODE_POINT + 1) >> CharacterTable.BLOCK_SHIFT;

  private final int[][] uniform = new int[CharacterTable.KINDS][];
  private final int[][] blocks = new int[COUNT][];

  /** Blocks whose code points all are of one kind. */
  CharacterBlocks(int kind) {
    Arrays.fill(blocks, uniform(kind));
  }

  private int[] uniform(int kind) {
    if (uniform[kind] == null) {
      uniform[kind] = new int[SIZE];
      Arrays.fill(uniform[kind], kind << CharacterTable.KIND_SHIFT);
    }
    return uniform[kind];
  }

  int get(int codePoint) {
    return blocks[codePoint >> CharacterTable.BLOCK_SHIFT][codePoint & (SIZE - 1)];
  }

  int kind(int codePoint) {
    return CharacterTable.kind(get(codePoint));
  }

  void set(int codePoint, int entry) {
    own(codePoint >> CharacterTable.BLOCK_SHIFT)[codePoint & (SIZE - 1)] = entry;
  }

  /** Gives the code points {@code first} to {@code last} a kind and the number 0. */
  void paint(int first, int last, int kind) {
    for (int start = first; start <= last; ) {
      int block = start >> CharacterTable.BLOCK_SHIFT;
      int end = Math.min(last + 1, (block + 1) << CharacterTable.BLOCK_SHIFT);
      if (end - start == SIZE) {
        blocks[block] = uniform(kind);
      } else {
        int from = start & (SIZE - 1);
        int entry = kind << CharacterTable.KIND_SHIFT;
        Arrays.fill(own(block), from, from + end - start, entry);
      }
      start = end;
    }
  }

  private int[] own(int block) {
    for (int[] shared : uniform) {
      if (blocks[block] == shared) {
        blocks[block] = shared.clone();
      }
    }
    return blocks[block];
  }

  /** The table, in which shared blocks are there once. */
  CharacterTable toTable(int[] expansions) {
    IdentityHashMap<int[], Integer> places = new IdentityHashMap<>();
    int[] starts = new int[COUNT];
    int[] entries = new int[SIZE * 64];
    for (int block = 0; block < COUNT; block++) {
      Integer place = places.get(blocks[block]);
      if (place == null) {
        place = places.size() * SIZE;
        places.put(blocks[block], place);
        entries = place < entries.length ? entries : Arrays.copyOf(entries, 2 * place);
        System.arraycopy(blocks[block], 0, entries, place, SIZE);
      }
      starts[block] = place;
    }
    return new CharacterTable(starts, Arrays.copyOf(entries, places.size() * SIZE), expansions);
  }
}
