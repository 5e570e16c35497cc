package io.github.electra4j.tokenizer.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pieces found so far; their places are their ids. */
final class PieceList {
  /** What marks a piece that continues a word. */
  static final String CONTINUES = "##";

  private final List<String> pieces = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  /** Adds a piece unless it is there; returns its id. */
  int add(String piece) {
    Integer known = ids.putIfAbsent(piece, pieces.size());
    if (known != null) {
      return known;
    }
    pieces.add(piece);
    return pieces.size() - 1;
  }

  /** Id of a piece that is there. */
  int id(String piece) {
    return ids.get(piece);
  }

  /** Adds the piece that two neighbours make; returns its id. */
  int join(int left, int right) {
    return add(pieces.get(left) + pieces.get(right).substring(CONTINUES.length()));
  }

  int size() {
    return pieces.size();
  }

  List<String> toList() {
    return List.copyOf(pieces);
  }
}
