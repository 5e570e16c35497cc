package io.github.electra4j.convert.download;

import io.github.electra4j.convert.archive.ArchiveExtractor;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Fetches published models, once.
 *
 * <pre>{@code
 * DownloadCache cache = DownloadCache.standard(System.getenv(), Path.of("/home/me"));
 * Path zip = ModelDownload.into(cache).fetch(PublishedModels.named("electra_small"));
 * }</pre>
 *
 * @param cache where models stay
 * @param patience with servers
 * @param progress who wants to know how far it is
 */
public record ModelDownload(DownloadCache cache, Patience patience, DownloadProgress progress) {
  /** Checks that nothing is null. */
  public ModelDownload {
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(progress, "progress");
  }

  /** Downloads into this folder with {@link Patience#standard}, silently. */
  public static ModelDownload into(DownloadCache cache) {
    return new ModelDownload(cache, Patience.standard(), DownloadProgress.none());
  }

  /**
   * The model on this machine; what is missing is fetched, and what an interrupted download has
   * left is used.
   *
   * @return the archive, or the folder with the files, as {@code Conversion} reads it
   * @throws DownloadException if a file cannot be fetched; the message says what to fetch by hand
   *     and where to give it
   */
  public Path fetch(PublishedModel model) throws IOException {
    cache.prepare(model);
    for (PublishedFile file : model.files()) {
      Path target = cache.file(model, file);
      if (!Files.isRegularFile(target)) {
        try {
          new FileDownload(file, target, patience, progress).run();
        } catch (IOException e) {
          throw DownloadException.because(explanation(model, e), e);
        }
      }
    }
    return cache.source(model);
  }

  /**
   * Takes over what was fetched in another way, e.g. on another machine.
   *
   * @param given the archive; or the folder with the files of a model that has several
   * @return as {@link #fetch}
   * @throws MalformedFileException if it is not what the model consists of
   */
  public Path take(PublishedModel model, Path given) throws IOException {
    boolean archive = model.archive().isPresent();
    if (!(archive ? Files.isRegularFile(given) : Files.isDirectory(given))) {
      throw new FileNotFoundException(
          archive
              ? "%s is no file. Give the archive %s, fetched from %s."
                  .formatted(given, model.files().get(0).name(), model.files().get(0).address())
              : "%s is no folder. Give the one with %s.".formatted(given, names(model)));
    }
    if (archive && !ArchiveExtractor.isArchive(given)) {
      throw MalformedFileException.in(
          given,
          "this is no zip, tar or tar.gz archive. Fetch %s again."
              .formatted(model.files().get(0).address()));
    }
    for (PublishedFile file : model.files()) {
      requirePart(model, file, archive ? given : given.resolve(file.name()));
    }
    cache.prepare(model);
    for (PublishedFile file : model.files()) {
      Path from = archive ? given : given.resolve(file.name());
      Path target = cache.file(model, file);
      if (!Files.exists(target) || !Files.isSameFile(from, target)) {
        copy(from, target);
      }
    }
    return cache.source(model);
  }

  private static void requirePart(PublishedModel model, PublishedFile file, Path from)
      throws IOException {
    if (!Files.isRegularFile(from)) {
      throw new FileNotFoundException(
          "%s is missing; fetch %s. The model consists of %s."
              .formatted(from, file.address(), names(model)));
    }
    if (file.sha256().isPresent()) {
      Digest wanted = Digest.sha256(file.sha256().get());
      Digest found = wanted.of(from);
      if (!found.equals(wanted)) {
        throw MalformedFileException.in(
            from, "the file must have %s, but has %s. Fetch it again.".formatted(wanted, found));
      }
    }
  }

  private static void copy(Path from, Path target) throws IOException {
    try (AtomicFile file = AtomicFile.create(target, true)) {
      Files.copy(from, Channels.newOutputStream(file.channel()));
      file.commit();
    }
  }

  private static String names(PublishedModel model) {
    return model.files().stream().map(PublishedFile::name).collect(Collectors.joining(", "));
  }

  private static String explanation(PublishedModel model, IOException reason) {
    String addresses =
        model.files().stream().map(file -> "  " + file.address()).collect(Collectors.joining("\n"));
    String problem =
        reason instanceof DownloadException
            ? reason.getMessage()
            : "%s (%s)".formatted(reason.getMessage(), reason.getClass().getSimpleName());
    return "%s could not be downloaded: %s\nRun the command again to go on where it stopped. On a machine without internet, fetch\n%s\nelsewhere and give %s: download %s --from-file %s"
        .formatted(
            model.name(),
            problem,
            addresses,
            model.archive().isPresent() ? "the archive" : "the folder with these files",
            model.name(),
            model.archive().map(PublishedFile::name).orElse("FOLDER"));
  }
}
