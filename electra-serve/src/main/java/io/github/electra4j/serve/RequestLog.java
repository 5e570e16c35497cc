package io.github.electra4j.serve;

/** Told every request that was answered, by several threads. */
@FunctionalInterface
public interface RequestLog {
  /**
   * A request was answered.
   *
   * @param client address of the caller
   * @param method of HTTP
   * @param path as sent, without the query; at most 100 visible ASCII characters of it
   * @param status of HTTP
   * @param nanos from its head to its answer
   */
  void answered(String client, String method, String path, int status, long nanos);

  /** One that keeps nothing. */
  static RequestLog none() {
    return (client, method, path, status, nanos) -> {};
  }
}
