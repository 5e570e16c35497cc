package io.github.electra4j.model.op;

/** The operations of ours that SameDiff must be able to re-create by name. */
public final class JavaOps {
  private static boolean registered;

  private JavaOps() {}

  /** Registers them all once; SameDiff's registry is one mutable map for the whole process. */
  public static synchronized void register() {
    if (!registered) {
      JavaOp.register(new EmbeddingLookup());
      JavaOp.register(new EmbeddingGradient());
      JavaOp.register(new Dropout());
      JavaOp.register(new FusedDense());
      JavaOp.register(new DenseGradient());
      JavaOp.register(new GeluGradient());
      JavaOp.register(new FusedNorm());
      JavaOp.register(new FusedResidualNorm());
      JavaOp.register(new NormGradient());
      JavaOp.register(new FusedAttention());
      JavaOp.register(new AttentionGradient());
      JavaOp.register(new CrossEntropy());
      JavaOp.register(new CrossEntropyGradient());
      registered = true;
    }
  }
}
