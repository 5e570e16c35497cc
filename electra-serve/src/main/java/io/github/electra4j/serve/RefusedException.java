package io.github.electra4j.serve;

/** A request that gets this answer instead of what it asked for. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  RefusedException(Reply reply) {
    super("HTTP " + reply.status());
    this.reply = reply;
  }

  /** The answer. */
  Reply reply() {
    return reply;
  }
}
