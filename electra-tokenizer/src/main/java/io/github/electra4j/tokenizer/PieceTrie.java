package io.github.electra4j.tokenizer;

import java.util.Arrays;

/**
 * All pieces as a trie over code points whose edges sit in one open-addressing table. A state is
 * the slot of the edge that leads to it, so a step is one multiplication and usually one read, and
 * building is one insertion per character. Continuations are found below the path {@code ##}, as
 * the original finds them in its dictionary.
 */
final class PieceTrie {
  /** Neither a state nor a piece. */
  static final int NONE = -1;

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final int CODE_POINT_BITS = 21;
  private static final long FREE = -1;

  private final int root;
  private final int shift;
  private final long[] edges; // state << 21 | code point, or FREE
  private final int[] pieces; // per state: id of the piece that ends there, or NONE
  private final int continuation;
  private int used;

  private PieceTrie(int bits) {
    root = 1 << bits; // not a slot, so no edge leads to it
    shift = Long.SIZE - bits;
    edges = new long[root];
    pieces = new int[root + 1];
    Arrays.fill(edges, FREE);
    Arrays.fill(pieces, NONE);
    continuation = insert("##");
  }

  /** Builds the trie; the last of equal pieces wins. */
  static PieceTrie of(String[] pieces) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(4 * pieces.length + 8);
    PieceTrie trie = new PieceTrie(bits);
    for (int id = 0; id < pieces.length; id++) {
      if (trie.used + pieces[id].length() > trie.root * 3 / 4) {
        trie = trie.grown(pieces, id);
      }
      trie.pieces[trie.insert(pieces[id])] = id;
    }
    return trie;
  }

  private PieceTrie grown(String[] pieces, int count) {
    int bits = Long.SIZE - shift;
    int needed = used + pieces[count].length();
    do {
      bits++;
    } while (needed > (1 << bits) / 2);
    PieceTrie trie = new PieceTrie(bits);
    for (int id = 0; id < count; id++) {
      trie.pieces[trie.insert(pieces[id])] = id;
    }
    return trie;
  }

  private int insert(String piece) {
    int state = root;
    for (int i = 0; i < piece.length(); ) {
      int codePoint = piece.codePointAt(i);
      long edge = edge(state, codePoint);
      state = slot(edge);
      if (edges[state] == FREE) {
        edges[state] = edge;
        used++;
      }
      i += Character.charCount(codePoint);
    }
    return state;
  }

  /** The state before the first character of a word. */
  int root() {
    return root;
  }

  /** The state before the first character of the rest of a word. */
  int continuation() {
    return continuation;
  }

  /** The state behind one more code point, or {@link #NONE}. */
  int step(int state, int codePoint) {
    long edge = edge(state, codePoint);
    int slot = slot(edge);
    return edges[slot] == edge ? slot : NONE;
  }

  /** Id of the piece that ends in a state, or {@link #NONE}. */
  int piece(int state) {
    return pieces[state];
  }

  /** Id of a piece, or {@link #NONE}. */
  int find(String piece) {
    int state = root;
    for (int i = 0; i < piece.length() && state != NONE; ) {
      int codePoint = piece.codePointAt(i);
      state = step(state, codePoint);
      i += Character.charCount(codePoint);
    }
    return state == NONE ? NONE : pieces[state];
  }

  private static long edge(int state, int codePoint) {
    return ((long) state << CODE_POINT_BITS) | codePoint;
  }

  /** The slot that holds the edge, or the free one where it belongs. */
  private int slot(long edge) {
    int slot = (int) ((edge * GOLDEN_RATIO) >>> shift);
    while (edges[slot] != edge && edges[slot] != FREE) {
      slot = (slot + 1) & (edges.length - 1);
    }
    return slot;
  }
}
