package io.github.electra4j.serve.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Inputs of one engine and of similar length, in the order of their arrival. Not safe for several
 * threads.
 */
final class Lane<I, O> {
  private final Engine<I, O> engine;
  private final BatchLimits limits;
  private final Deque<Waiting<I, O>> items = new ArrayDeque<>();

  Lane(Engine<I, O> engine, BatchLimits limits) {
    this.engine = engine;
    this.limits = limits;
  }

  void add(Waiting<I, O> item) {
    items.add(item);
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** When the first of those waiting came. */
  long oldest() {
    return items.getFirst().arrived();
  }

  /**
   * How much was taken out of a lane.
   *
   * @param items inputs
   * @param tokens of them
   */
  record Removed(int items, int tokens) {}

  /** Takes out what nobody waits for. */
  Removed dropAbandoned(long now) {
    int count = 0;
    int tokens = 0;
    for (Iterator<Waiting<I, O>> each = items.iterator(); each.hasNext(); ) {
      Waiting<I, O> item = each.next();
      if (item.job().isAbandoned(now)) {
        each.remove();
        count++;
        tokens += item.tokens();
      }
    }
    return new Removed(count, tokens);
  }

  /** Whether more inputs would not make the next batch larger. */
  boolean isFull() {
    int count = fitting();
    int longest = 0;
    int seen = 0;
    for (Waiting<I, O> item : items) {
      if (seen++ == count) {
        break;
      }
      longest = Math.max(longest, item.tokens());
    }
    return count == limits.batchItems() || !fits(longest, count + 1);
  }

  /** Takes the next batch out. */
  Batch<I, O> take() {
    int count = fitting();
    List<Waiting<I, O>> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(items.removeFirst());
    }
    return new Batch<>(engine, taken);
  }

  /** How many of the first inputs make a batch: as many as fit when padded, at least one. */
  private int fitting() {
    int count = 0;
    int longest = 0;
    for (Waiting<I, O> item : items) {
      longest = Math.max(longest, item.tokens());
      if (count == limits.batchItems() || (count > 0 && !fits(longest, count + 1))) {
        break;
      }
      count++;
    }
    return count;
  }

  private boolean fits(int longest, int count) {
    return (long) longest * count <= limits.batchTokens();
  }
}
