package io.github.electra4j.cli;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ExportOptions;
import io.github.electra4j.convert.tensorflow.BundleWriter;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models and data made from the demo's, for tests of commands. */
final class DemoFiles {
  private DemoFiles() {}

  /** Writes the demo's TensorFlow checkpoint as the zip that it comes as. */
  static Path zip(Path folder) throws IOException {
    Path zip = folder.resolve("electra_demo.zip");
    try (InputStream in = resource()) {
      Files.copy(in, zip);
    }
    return zip;
  }

  /** Unpacks the demo's TensorFlow checkpoint; its prefix is {@code electra_demo/model.ckpt-0}. */
  static Path tensorflow(Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(resource())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    return folder.resolve("electra_demo");
  }

  private static InputStream resource() {
    return DemoFiles.class.getResourceAsStream("electra_demo.zip");
  }

  /** The demo's model as a folder of this project. */
  static Path model(Path folder) throws IOException {
    Path model = folder.resolve("model");
    Conversion.from(zip(folder)).to(model, Conversion.Target.NATIVE, ExportOptions.standard());
    return model;
  }

  /** A model with these heads, with weights by chance and the demo's vocabulary. */
  static Path withHeads(Path model, Path folder, List<TaskHead> heads) throws IOException {
    Checkpoint demo = Checkpoint.read(model);
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(demo.config(), heads), 0.05, 3);
    new Checkpoint(demo.config(), heads, weights, demo.text(), Optional.empty())
        .write(folder, false);
    return folder;
  }

  /** The demo's model, in memory. */
  static Checkpoint checkpoint(Path model) throws IOException {
    return Checkpoint.read(model);
  }

  /** The demo's reviews as SST-2, in {@code glue/SST-2}; returns {@code glue}. */
  static Path reviews(Path folder, int train, int dev) throws IOException {
    Path glue = folder.resolve("glue");
    Path sst = Files.createDirectories(glue.resolve("SST-2"));
    Files.writeString(sst.resolve("train.tsv"), DemoReviews.toTsv(DemoReviews.examples(train, 1)));
    Files.writeString(sst.resolve("dev.tsv"), DemoReviews.toTsv(DemoReviews.examples(dev, 2)));
    StringBuilder test = new StringBuilder("index\tsentence\n");
    for (TextExample example : DemoReviews.examples(dev, 3)) {
      test.append(example.id()).append('\t').append(example.textA()).append('\n');
    }
    Files.writeString(sst.resolve("test.tsv"), test);
    return glue;
  }

  /** Pairs of reviews as STS-B, 5 for equal judgements and 1 for opposed ones. */
  static Path similarities(Path folder, int train, int dev) throws IOException {
    Path glue = folder.resolve("glue");
    Path sts = Files.createDirectories(glue.resolve("STS-B"));
    Files.writeString(sts.resolve("train.tsv"), pairs(train, 4));
    Files.writeString(sts.resolve("dev.tsv"), pairs(dev, 5));
    return glue;
  }

  private static String pairs(int count, long seed) {
    List<TextExample> reviews = DemoReviews.examples(2 * count, seed);
    StringBuilder tsv =
        new StringBuilder(
            "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n");
    for (int i = 0; i < count; i++) {
      TextExample first = reviews.get(2 * i);
      TextExample second = reviews.get(2 * i + 1);
      double score = first.label().equals(second.label()) ? 4.5 : 1.25;
      tsv.append(
          String.format(
              Locale.ROOT,
              "%d\tmain\tdemo\t2026\t%d\tnone\tnone\t%s\t%s\t%.3f\n",
              i,
              i,
              first.textA(),
              second.textA(),
              score));
    }
    return tsv.toString();
  }

  /** Writes a TensorFlow bundle of any tensors. */
  static Path bundle(Path prefix, Map<String, INDArray> tensors) throws IOException {
    Files.createDirectories(prefix.getParent());
    try (BundleWriter writer = BundleWriter.create(prefix)) {
      for (Map.Entry<String, INDArray> each : new TreeMap<>(tensors).entrySet()) {
        writer.add(each.getKey(), each.getValue());
      }
      writer.finish();
    }
    return prefix;
  }

  /** Every file and folder below, with the content of the files: to see that nothing changed. */
  static Map<String, String> snapshot(Path folder) throws IOException {
    Map<String, String> snapshot = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.forEach(
          path ->
              snapshot.put(
                  folder.relativize(path).toString(),
                  Files.isRegularFile(path) ? content(path) : "folder"));
    }
    return snapshot;
  }

  private static String content(Path file) {
    try {
      return java.util.Arrays.hashCode(Files.readAllBytes(file)) + " in " + Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
