package io.github.electra4j.convert.download;

/** Who wants to know how far a download is. */
@FunctionalInterface
public interface DownloadProgress {
  /**
   * Some bytes of a file are there.
   *
   * @param file its plain name
   * @param done bytes on disk, including those of an earlier, interrupted download
   * @param total bytes of the whole file, -1 if the server does not say
   */
  void at(String file, long done, long total);

  /** Tells nobody. */
  static DownloadProgress none() {
    return (file, done, total) -> {};
  }
}
