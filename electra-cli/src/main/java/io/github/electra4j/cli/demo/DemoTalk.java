package io.github.electra4j.cli.demo;

/** Who is told how far the demo is. */
public interface DemoTalk {
  /** A line of its own. */
  void say(String line);

  /**
   * Another unit of work is done.
   *
   * @param what the work, e.g. {@code pre-training}
   * @param details e.g. the loss; may be empty
   * @throws java.util.concurrent.CancellationException to end the demo
   */
  void progress(String what, long done, long total, String details);
}
