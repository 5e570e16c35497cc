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
  private int sequence;
  private int head;
  private int keys;

  /**
   * Sizes of an attention.
   *
   * @param hidden width of all heads
   * @param split whether there is one query per sequence, in an array apart from keys and values
   * @param perQuery whether every query has an adder of its own
   */
  record Shape(int batch, int seq, int heads, int hidden, boolean split, boolean perQuery) {
    static Shape of(Operands operands, int heads, boolean split) {
      INDArray adder = operands.array(split ? 2 : 1);
      INDArray keys = operands.array(split ? 1 : 0);
      int tokens = Math.toIntExact(keys.shape()[0]);
      int seq = seq(adder);
      int hidden = Math.toIntExact(keys.shape()[1] / (split ? 2 : 3));
      return new Shape(tokens / seq, seq, heads, hidden, split, adder.length() > tokens);
    }

    /** Queries of a sequence. */
    int queries() {
      return split ? 1 : seq;
    }

    /** Width of a head. */
    /** The last axis; ND4J drops others of an array with one element. */
    private static int seq(INDArray adder) {
      return Math.toIntExact(adder.shape()[adder.rank() - 1]);
    }

    int size() {
      return hidden / heads;
    }
  }

  /** Scratch space for the probabilities of one block of queries. */
  static long blockFloats(INDArray adder) {
    return (long) QUERIES * Shape.seq(adder);
  }

  /**
   * @param worker which thread's part of the scratch space to use
   */
  AttentionHead(Operands operands, Shape shape, int worker) {
    FloatMemory first = operands.input(0);
    FloatMemory rest = shape.split() ? operands.input(1) : first;
    this.parts = new FloatMemory[] {first, rest, rest};
    this.adder = operands.input(shape.split() ? 2 : 1);
    this.scratch = FloatMemory.of(operands.scratch());
    this.shape = shape;
    this.scratchStart = scratch.length() / operands.workers() * (long) worker;
    this.row = new float[shape.seq()];
    this.added = new float[shape.seq()];
  }

  /** Goes to head {@code index % heads} of sequence {@code index / heads}. */
  void enter(int index) {
    sequence = index / shape.heads();
    head = index % shape.heads();
    keys = shape.seq();
    if (!shape.perQuery()) {
      adder.get((long) sequence * shape.seq(), added, shape.seq());
      while (keys > 0 && added[keys - 1] < MASKED) {
        keys--;
      }
      keys = keys == 0 ? shape.seq() : keys; // nothing but padding: all scores shift alike
    }
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
    long row = (long) sequence * (part == 0 ? shape.queries() : shape.seq()) + token;
    int before = shape.split() ? Math.max(0, part - 1) : part;
    return row * stride(part) + (long) before * shape.hidden() + (long) head * shape.size();
  }

  private Matrix part(int part, int token) {
    return Matrix.of(parts[part].at(element(part, token)), stride(part));
  }

  /** Position of a token's context in an array [tokens, hidden]. */
  long contextElement(int token) {
    return ((long) sequence * shape.queries() + token) * shape.hidden()
        + (long) head * shape.size();
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
    math.add(row, added, keys);
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
