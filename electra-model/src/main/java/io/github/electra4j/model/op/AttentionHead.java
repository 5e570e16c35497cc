package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Gemm;
import io.github.electra4j.model.compute.Gemm.Matrix;
import io.github.electra4j.model.compute.VectorMath;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One thread's view of one head of one sequence at a time: where its query, key and value stand,
 * and the probabilities of a block of queries in scratch space.
 */
final class AttentionHead {
  /** Query rows per block: their scores against 512 keys are 128 KB. */
  static final int QUERIES = 64;

  /** Keys with at most this added score have probability 0 beside any real key. */
  private static final float MASKED = -9000;

  private final FloatMemory[] parts;
  private final FloatMemory adder;
  private final FloatMemory scratch;
  private final Shape shape;
  private final long scratchStart;
  private final float[] row;
  private final float[] added;
  private int[] starts;
  private int sequence;
  private int head;
  private int start;
  private int length;
  private int keys;

  /**
   * Sizes of an attention.
   *
   * @param tokens rows of keys and values
   * @param seq most tokens of a sequence; of padded sequences, of each
   * @param hidden width of all heads
   * @param settings the operation's
   * @param perQuery whether every query has an adder of its own
   */
  record Shape(
      int batch, int tokens, int seq, int hidden, AttentionSettings settings, boolean perQuery) {
    static Shape of(INDArray[] inputs, AttentionSettings settings) {
      INDArray last = inputs[settings.keys()];
      INDArray keys = inputs[settings.split() ? 1 : 0];
      int tokens = Math.toIntExact(keys.shape()[0]);
      int hidden = Math.toIntExact(keys.shape()[1] / (settings.split() ? 2 : 3));
      if (settings.packed()) {
        int batch = Math.toIntExact(last.length() - 1);
        int seq = Math.min(settings.longest(), tokens);
        return new Shape(batch, tokens, seq, hidden, settings, false);
      }
      int seq = Math.toIntExact(last.shape()[last.rank() - 1]); // ND4J drops axes of one element
      return new Shape(tokens / seq, tokens, seq, hidden, settings, last.length() > tokens);
    }

    int heads() {
      return settings.heads();
    }

    /** Whether there is one query per sequence, in an array apart from keys and values. */
    boolean split() {
      return settings.split();
    }

    /** Most queries of a sequence. */
    int queries() {
      return split() ? 1 : seq;
    }

    /** Width of a head. */
    int size() {
      return hidden / heads();
    }

    /** Scratch space for the probabilities of one block of queries. */
    long blockFloats() {
      return (long) QUERIES * seq;
    }

    /** The row of the first token of every sequence, then the row after the last token. */
    int[] starts(INDArray last) {
      int[] starts = new int[batch + 1];
      if (settings.packed()) {
        starts = last.data().getIntsAt(last.offset(), starts.length);
      }
      for (int b = 1; b <= batch; b++) {
        starts[b] = settings.packed() ? starts[b] : b * seq;
        if (starts[b] <= starts[b - 1] || starts[b] - starts[b - 1] > seq || starts[b] > tokens) {
          throw new IllegalArgumentException(
              "Sequence %d has the rows %d to %d; at least 1 and at most %d are allowed, of %d in all"
                  .formatted(b - 1, starts[b - 1], starts[b], seq, tokens));
        }
      }
      return starts;
    }
  }

  /**
   * @param worker which thread's part of the scratch space to use
   */
  AttentionHead(Operands operands, Shape shape, int worker) {
    FloatMemory first = operands.input(0);
    FloatMemory rest = shape.split() ? operands.input(1) : first;
    this.parts = new FloatMemory[] {first, rest, rest};
    this.adder = shape.settings().packed() ? null : operands.input(shape.settings().keys());
    this.scratch = FloatMemory.of(operands.scratch());
    this.shape = shape;
    this.scratchStart = scratch.length() / operands.workers() * (long) worker;
    this.row = new float[shape.seq()];
    this.added = new float[shape.seq()];
  }

  /** Takes the rows of the sequences of this run. */
  void begin(int[] rows) {
    starts = rows;
  }

  /** Goes to head {@code index % heads} of sequence {@code index / heads}. */
  void enter(int index) {
    sequence = index / shape.heads();
    head = index % shape.heads();
    start = starts[sequence];
    length = starts[sequence + 1] - start;
    keys = length;
    if (!shape.settings().packed() && !shape.perQuery()) {
      adder.get((long) sequence * shape.seq(), added, shape.seq());
      while (keys > 0 && added[keys - 1] < MASKED) {
        keys--;
      }
      keys = keys == 0 ? shape.seq() : keys; // nothing but padding: all scores shift alike
    }
  }

  /** Number of queries of the sequence. */
  int queries() {
    return shape.split() ? 1 : length;
  }

  /** Number of tokens of the sequence, padding included. */
  int length() {
    return length;
  }

  /** Number of keys up to the last one that is not padding. */
  int keys() {
    return keys;
  }

  /** Elements from one token to the next in the array that holds queries, keys or values. */
  int stride(int part) {
    return shape.hidden() * (!shape.split() ? 3 : part == 0 ? 1 : 2);
  }

  /** Position, in its array, of a token's query (part 0), key (1) or value (2). */
  long element(int part, int token) {
    long row = (part == 0 && shape.split() ? sequence : start) + (long) token;
    int before = shape.split() ? Math.max(0, part - 1) : part;
    return row * stride(part) + (long) before * shape.hidden() + (long) head * shape.size();
  }

  private Matrix part(int part, int token) {
    return Matrix.of(parts[part].at(element(part, token)), stride(part));
  }

  /** Position of a token's context in an array [tokens, hidden]. */
  long contextElement(int token) {
    long row = (shape.split() ? sequence : start) + (long) token;
    return row * shape.hidden() + (long) head * shape.size();
  }

  /** Number, for dropout, of a query's first probability: [batch, heads, queries, seq]. */
  long element(int query) {
    return (((long) sequence * shape.heads() + head) * shape.queries() + query) * shape.seq();
  }

  Matrix query(int token) {
    return part(0, token);
  }

  Matrix key() {
    return part(1, 0);
  }

  Matrix value() {
    return part(2, 0);
  }

  /** Address of a block in scratch space, {@code [QUERIES, seq]}. */
  long block(int number) {
    return scratch.at(scratchStart + (long) number * QUERIES * shape.seq());
  }

  /** Scaled scores of some queries, into block 0. */
  void scores(int firstQuery, int queries) {
    Gemm.multiply(
        new Gemm.Sizes(queries, keys, shape.size()),
        scale(),
        query(firstQuery),
        key().flipped(),
        0,
        Matrix.of(block(0), shape.seq()));
  }

  /** {@code 1 / √size}. */
  float scale() {
    return (float) (1 / Math.sqrt(shape.size()));
  }

  /** Softmax of row {@code q} of block 0, which belongs to {@code query}; valid until the next. */
  float[] probabilities(int query, int q) {
    VectorMath math = VectorMath.best();
    scratch.get(scratchStart + (long) q * shape.seq(), row, keys);
    if (shape.perQuery()) {
      adder.get(((long) sequence * shape.seq() + query) * shape.seq(), added, keys);
    }
    if (adder != null) {
      math.add(row, added, keys);
    }
    math.softmax(row, keys);
    return row;
  }

  /** Writes row {@code q} of block 0. */
  void keep(int q, float[] values) {
    scratch.put(scratchStart + (long) q * shape.seq(), values, keys);
  }

  /** Reads row {@code q} of block 1. */
  void second(int q, float[] into) {
    scratch.get(scratchStart + (long) (QUERIES + q) * shape.seq(), into, keys);
  }

  /** Writes row {@code q} of block 1. */
  void keepSecond(int q, float[] values) {
    scratch.put(scratchStart + (long) (QUERIES + q) * shape.seq(), values, keys);
  }
}
