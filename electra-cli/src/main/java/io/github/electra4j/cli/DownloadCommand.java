package io.github.electra4j.cli;

import io.github.electra4j.convert.download.DownloadCache;
import io.github.electra4j.convert.download.DownloadProgress;
import io.github.electra4j.convert.download.ModelDownload;
import io.github.electra4j.convert.download.Patience;
import io.github.electra4j.convert.download.PublishedFile;
import io.github.electra4j.convert.download.PublishedModel;
import io.github.electra4j.convert.download.PublishedModels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra download}: a published model onto this machine. */
@Command(
    name = "download",
    header = "Download a published model.",
    description = {
      "What is there already is not fetched again, and an interrupted download goes on where it",
      "stopped. Standard output gets the place of the model, which convert, inspect and verify"
          + " read."
    },
    showDefaultValues = true)
@Examples({
  "electra download electra_small",
  "electra download google/electra-base-discriminator",
  "electra download electra_large --from-file electra_large.zip"
})
@OptionGroup(OptionGroup.INPUT)
final class DownloadCommand implements Callable<Integer> {
  private static final double MEGA = 1e6;

  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which model; see --list.")
  private String name;

  @Option(names = "--list", description = "Show the models that can be downloaded.")
  private boolean list;

  @Option(
      names = "--from-file",
      paramLabel = "PLACE",
      description = {
        "Take the archive, or the folder with the files, that was fetched in another way.",
        "  Default: fetch it from the internet"
      })
  private Path fromFile;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = {
        "Server to fetch from, which has the files under the same paths.",
        "  Default: the one where the model is published"
      })
  private URI mirror;

  @Option(
      names = "--sha256",
      paramLabel = "DIGITS",
      description = {
        "Checksum that the archive must have.",
        "  Default: only that which the server announces"
      })
  private String sha256;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = {
        "Where models are kept.",
        "  Default: $ELECTRA_HOME/models, otherwise electra4j/models in $XDG_CACHE_HOME or ~/.cache"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Path cache;

  DownloadCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      PublishedModels.list().forEach(this::show);
      return ExitCode.OK;
    }
    if (name == null) {
      throw new WrongUsageException("Say which model to download; --list shows all.");
    }
    PublishedModel model = WrongUsageException.unlessUsable(this::model);
    DownloadCache place =
        Optional.ofNullable(cache).map(DownloadCache::new).orElseGet(DownloadedModel::usualCache);
    ModelDownload download = new ModelDownload(place, Patience.standard(), progress());
    boolean there = fromFile == null && place.holds(model);
    Path source = fromFile == null ? download.fetch(model) : download.take(model, fromFile);
    console.clearStatus();
    console.say(there ? "Nothing to fetch, the model is here." : "The model is here.");
    console.data(source.toString());
    return ExitCode.OK;
  }

  private PublishedModel model() {
    PublishedModel model = PublishedModels.named(name);
    if (mirror != null) {
      boolean web = "http".equals(mirror.getScheme()) || "https".equals(mirror.getScheme());
      if (!web) {
        throw new IllegalArgumentException("--mirror must begin with https:// or http://");
      }
      model = model.at(mirror);
    }
    return sha256 == null ? model : model.withSha256(sha256.toLowerCase(Locale.ROOT));
  }

  private void show(PublishedModel model) {
    console.data(
        String.format(
            Locale.ROOT,
            "%-30s about %,5.0f MB  %s",
            model.name(),
            model.approximateSize() / MEGA,
            model.description()));
    for (PublishedFile file : model.files()) {
      console.data("    " + file.address());
    }
  }

  private DownloadProgress progress() {
    Map<String, ProgressLine> lines = new HashMap<>();
    return (file, done, total) ->
        lines
            .computeIfAbsent(file, key -> new ProgressLine(console, file, done, total))
            .at(done, String.format(Locale.ROOT, "%.1f MB", done / MEGA));
  }
}
