package io.github.electra4j.model.graph;

/** The operations of ours that SameDiff must be able to re-create by name. */
final class JavaOps {
  private static boolean registered;

  private JavaOps() {}

  /** Registers them all once; SameDiff's registry is one mutable map for the whole process. */
  static synchronized void register() {
    if (!registered) {
      JavaOp.register(new EmbeddingLookup());
      JavaOp.register(new EmbeddingGradient());
      JavaOp.register(new Dropout());
      registered = true;
    }
  }
}
