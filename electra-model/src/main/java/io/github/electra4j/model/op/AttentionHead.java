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

  private final FloatMemory qkv;
  private final FloatMemory adder;
  private final FloatMemory scratch;
  private final Shape shape;
  private final long scratchStart;
  private final float[] row;
  private final float[] added;
  private int sequence;
  private int head;
  private int keys;

  /** Sizes of an attention; {@code size} is the width of a head. */
  record Shape(int batch, int seq, int heads, int hidden, boolean perQuery) {
    static Shape of(Operands operands, int heads) {
      INDArray adder = operands.array(1);
      INDArray qkv = operands.array(0);
      int tokens = Math.toIntExact(qkv.shape()[0]);
      int seq = seq(adder);
      int hidden = Math.toIntExact(qkv.shape()[1] / 3);
      return new Shape(tokens / seq, seq, heads, hidden, adder.length() > tokens);
    }

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
    this.qkv = operands.input(0);
    this.adder = operands.input(1);
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

  private int stride() {
    return 3 * shape.hidden();
  }

  /** Position in {@code qkv} of a token's query (part 0), key (1) or value (2). */
  long element(int part, int token) {
    return ((long) sequence * shape.seq() + token) * stride()
        + (long) part * shape.hidden()
        + (long) head * shape.size();
  }

  /** Position of a token's context in an array [tokens, hidden]. */
  long contextElement(int token) {
    return ((long) sequence * shape.seq() + token) * shape.hidden() + (long) head * shape.size();
  }

  /** Number, for dropout, of a query's first probability: [batch, heads, seq, seq] row-major. */
  long element(int query) {
    return (((long) sequence * shape.heads() + head) * shape.seq() + query) * shape.seq();
  }

  Matrix query(int token) {
    return Matrix.of(qkv.at(element(0, token)), stride());
  }

  Matrix key() {
    return Matrix.of(qkv.at(element(1, 0)), stride());
  }

  Matrix value() {
    return Matrix.of(qkv.at(element(2, 0)), stride());
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
        Matrix.transposed(key().address(), stride()),
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
