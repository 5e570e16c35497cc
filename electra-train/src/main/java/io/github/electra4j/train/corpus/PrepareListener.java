package io.github.electra4j.train.corpus;

/** Who wants to know how a preparation goes, and may end it. */
@FunctionalInterface
public interface PrepareListener {
  /** Told after every chunk of the corpus, by the thread that runs the preparation. */
  void onProgress(Progress progress);

  /** Whether the preparation shall end without a result. */
  default boolean stopRequested() {
    return false;
  }

  /**
   * What is done so far.
   *
   * @param documents that have ended
   * @param examples written
   * @param tokens of the corpus
   * @param bytesRead from the disk
   * @param bytesTotal in the files of the corpus
   */
  record Progress(long documents, long examples, long tokens, long bytesRead, long bytesTotal) {}
}
