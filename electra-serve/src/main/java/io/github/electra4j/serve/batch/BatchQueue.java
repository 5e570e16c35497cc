package io.github.electra4j.serve.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What waits, and which batch is next: the one with the input that waits longest among those that
 * are full or have waited long enough. A function of the calls and their times alone. Not safe for
 * several threads.
 */
final class BatchQueue {
  /** Inputs up to this length are computed together; beyond, those up to the next power of two. */
  private static final int SHORTEST_BUCKET = 16;

  private final BatchLimits limits;
  private final Map<LaneKey, Lane<?, ?>> lanes = new HashMap<>();
  private int items;
  private int tokens;

  BatchQueue(BatchLimits limits) {
    this.limits = limits;
  }

  private record LaneKey(Engine<?, ?> engine, int bucket) {}

  /** Inputs that wait. */
  int items() {
    return items;
  }

  /** Tokens that wait. */
  int tokens() {
    return tokens;
  }

  /**
   * Puts all inputs of a job into the queue, or none.
   *
   * @throws OverloadedException if there is no room for all of them
   */
  <I, O> void add(Engine<I, O> engine, List<Weighed<I>> inputs, Job<O> job, long now)
      throws OverloadedException {
    long more = inputs.stream().mapToLong(Weighed::tokens).sum();
    if (!hasRoom(inputs.size(), more)) {
      dropAbandoned(now);
    }
    if (!hasRoom(inputs.size(), more)) {
      throw new OverloadedException(
          "%d texts with %d tokens are waiting, and %d with %d more do not fit in; the queue takes %d and %d"
              .formatted(
                  items, tokens, inputs.size(), more, limits.queueItems(), limits.queueTokens()),
          false);
    }
    for (int i = 0; i < inputs.size(); i++) {
      Weighed<I> input = inputs.get(i);
      lane(engine, input.tokens()).add(new Waiting<>(job, i, input.input(), input.tokens(), now));
    }
    items += inputs.size();
    tokens += (int) more;
  }

  private boolean hasRoom(int moreItems, long moreTokens) {
    return items + moreItems <= limits.queueItems() && tokens + moreTokens <= limits.queueTokens();
  }

  @SuppressWarnings("unchecked") // a lane is made for the engine in its key
  private <I, O> Lane<I, O> lane(Engine<I, O> engine, int length) {
    LaneKey key = new LaneKey(engine, bucket(length));
    return (Lane<I, O>) lanes.computeIfAbsent(key, unused -> new Lane<>(engine, limits));
  }

  private static int bucket(int length) {
    return length <= SHORTEST_BUCKET ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(length - 1);
  }

  /**
   * Takes the next batch out of the queue.
   *
   * @param hurry whether to wait for nothing more
   * @return empty if it is better to wait
   */
  Optional<Batch<?, ?>> take(long now, boolean hurry) {
    dropAbandoned(now);
    Lane<?, ?> next = null;
    for (Lane<?, ?> lane : lanes.values()) {
      boolean ready = hurry || lane.isFull() || untilDue(lane, now) <= 0;
      if (ready && (next == null || lane.oldest() - next.oldest() < 0)) {
        next = lane;
      }
    }
    if (next == null) {
      return Optional.empty();
    }
    Batch<?, ?> batch = next.take();
    items -= batch.items().size();
    tokens -= batch.tokens();
    return Optional.of(batch);
  }

  /**
   * Nanoseconds until a batch is due if nothing else comes; the largest number if nothing waits.
   */
  long untilDue(long now) {
    long soonest = Long.MAX_VALUE;
    for (Lane<?, ?> lane : lanes.values()) {
      if (!lane.isEmpty()) {
        soonest = Math.min(soonest, Math.max(0, untilDue(lane, now)));
      }
    }
    return soonest;
  }

  private long untilDue(Lane<?, ?> lane, long now) {
    return lane.oldest() + limits.longestWait().toNanos() - now;
  }

  /** Takes out what nobody waits for. */
  void dropAbandoned(long now) {
    for (Iterator<Lane<?, ?>> each = lanes.values().iterator(); each.hasNext(); ) {
      Lane<?, ?> lane = each.next();
      Lane.Removed removed = lane.dropAbandoned(now);
      items -= removed.items();
      tokens -= removed.tokens();
      if (lane.isEmpty()) {
        each.remove();
      }
    }
  }

  /** Takes everything out. */
  List<Job<?>> clear() {
    List<Job<?>> jobs = new ArrayList<>();
    for (Lane<?, ?> lane : lanes.values()) {
      while (!lane.isEmpty()) {
        lane.take().items().forEach(item -> jobs.add(item.job()));
      }
    }
    lanes.clear();
    items = 0;
    tokens = 0;
    return jobs;
  }
}
