package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.TokenizerJsonReader;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.convert.tensorflow.BundleReader;
import io.github.electra4j.convert.tensorflow.TensorEntry;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.json.TokenizerConfig;
import io.github.electra4j.model.json.TokenizerConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.MalformedVocabularyException;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.tfrecord.ExampleMessage;
import io.github.electra4j.train.tfrecord.RecordReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The formats of files from strangers, damaged and read. */
enum FuzzedFormat {
  /** {@code model.safetensors}. */
  SAFETENSORS("model.safetensors") {
    @Override
    int[] zones(byte[] bytes) {
      return header(bytes);
    }
  },
  /** The index of a model in parts. */
  INDEX("model.safetensors.index.json") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      Files.copy(generator("model.safetensors"), folder.resolve("part-1.safetensors"));
      StringBuilder json = new StringBuilder("{\"metadata\":{\"total_size\":1},\"weight_map\":{");
      try (TensorSource source = WeightFormats.open(generator("model.safetensors"))) {
        for (String name : source.tensors().keySet()) {
          json.append("\"%s\":\"part-1.safetensors\",".formatted(name));
        }
      }
      json.setLength(json.length() - 1);
      return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }
  },
  /** {@code pytorch_model.bin}, a zip archive. */
  ZIP("pytorch_model.bin") {
    @Override
    int[] zones(byte[] bytes) {
      return new int[] {0, 5200, bytes.length - 3200, bytes.length};
    }
  },
  /** {@code pytorch_model.bin} as before PyTorch 1.6. */
  LEGACY("pytorch_model_legacy.bin") {
    @Override
    int[] zones(byte[] bytes) {
      return new int[] {0, 6400};
    }
  },
  /** {@code tf_model.h5}. */
  HDF5("tf_model.h5"),
  /** {@code model.fb} of SameDiff. */
  SAMEDIFF("model.fb") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return Files.readAllBytes(SameDiffTiny.write(folder.resolve("good")).resolve("model.fb"));
    }
  },
  /** The table of a TensorFlow checkpoint, with its numbers beside it. */
  BUNDLE("model.ckpt-0.index") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      Files.copy(bundle(DATA), folder.resolve(DATA));
      return Files.readAllBytes(bundle("model.ckpt-0.index"));
    }

    @Override
    void readAll(Path file) throws IOException {
      readBundle(file);
    }
  },
  /** The numbers of a TensorFlow checkpoint, with its table beside them. */
  BUNDLE_DATA("model.ckpt-0.data-00000-of-00001") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      Files.copy(bundle("model.ckpt-0.index"), folder.resolve("model.ckpt-0.index"));
      return Files.readAllBytes(bundle(DATA));
    }

    @Override
    void readAll(Path file) throws IOException {
      readBundle(file);
    }
  },
  /** The file that names the newest checkpoint of a folder. */
  BUNDLE_STATE("checkpoint") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      for (String name : List.of(DATA, "model.ckpt-0.index")) {
        Files.copy(bundle(name), folder.resolve(name));
      }
      return Files.readAllBytes(bundle("checkpoint"));
    }

    @Override
    void readAll(Path file) throws IOException {
      try (CheckpointSource source = CheckpointSource.open(file.getParent())) {
        requireIn(file.getParent(), source.prefix());
      } catch (FileNotFoundException e) { // a missing file is no damaged one
        requireNames(file, e);
      }
    }
  },
  /** A zip archive of a model folder. */
  ZIP_ARCHIVE("model.zip") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedArchive.zip();
    }

    @Override
    void readAll(Path file) throws IOException {
      FuzzedArchive.unfold(file);
    }
  },
  /** A tar archive of a model folder. */
  TAR("model.tar") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedArchive.tar();
    }

    @Override
    void readAll(Path file) throws IOException {
      FuzzedArchive.unfold(file);
    }
  },
  /** A compressed tar archive of a model folder. */
  TAR_GZ("model.tar.gz") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedArchive.tarGz();
    }

    @Override
    void readAll(Path file) throws IOException {
      FuzzedArchive.unfold(file);
    }
  },
  /** This project's {@code config.json}, with a head. */
  CONFIG("config.json") {
    @Override
    byte[] undamaged(Path folder) {
      TaskHead head = new TaskHead.Classification("sst", List.of("negative", "positive"));
      return utf8(NativeConfigJson.write(new NativeConfig(ElectraConfig.small(), List.of(head))));
    }

    @Override
    void readAll(Path file) throws IOException {
      TensorLayout.of(ReferenceFile.read(file));
    }
  },
  /** HuggingFace's {@code config.json}. */
  CONFIG_HUGGINGFACE("config.json") {
    @Override
    byte[] undamaged(Path folder) {
      return utf8(HuggingFaceConfigJson.writeDiscriminator(ElectraConfig.small()));
    }

    @Override
    void readAll(Path file) throws IOException {
      TensorLayout.of(ReferenceFile.read(file));
    }
  },
  /** The original's {@code bert_config.json}. */
  CONFIG_BERT("bert_config.json") {
    @Override
    byte[] undamaged(Path folder) {
      return utf8(BertConfigJson.write(ElectraConfig.base()));
    }

    @Override
    void readAll(Path file) throws IOException {
      TensorLayout.of(ReferenceFile.read(file));
    }
  },
  /** The settings of a pre-training run of the original's. */
  CONFIG_HPARAMS("hparams.json") {
    @Override
    byte[] undamaged(Path folder) {
      return utf8(
          "{\"model_size\": \"base\", \"generator_hidden_size\": 0.33333, \"vocab_size\": 30522,"
              + " \"model_hparam_overrides\": {\"num_hidden_layers\": 12, \"hidden_size\": 768}}");
    }

    @Override
    void readAll(Path file) throws IOException {
      TensorLayout.of(ReferenceFile.read(file));
    }
  },
  /** HuggingFace's {@code tokenizer_config.json}. */
  TOKENIZER_CONFIG("tokenizer_config.json") {
    @Override
    byte[] undamaged(Path folder) {
      return utf8(TokenizerConfigJson.write(new TokenizerConfig(true, Optional.of(false)), 512));
    }

    @Override
    void readAll(Path file) throws IOException {
      TokenizerConfigJson.read(ReferenceFile.parse(file));
    }
  },
  /** HuggingFace's {@code tokenizer.json}. */
  TOKENIZER("tokenizer.json") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofHuggingFace(folder, "tokenizer.json");
    }

    @Override
    void readAll(Path file) throws IOException {
      TokenizerJsonReader.read(file);
    }
  },
  /** The weights of a model with heads of this project's, read as for a conversion. */
  MODEL("model.safetensors") {
    @Override
    int[] zones(byte[] bytes) {
      return header(bytes);
    }

    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofOurs(folder, "model.safetensors");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** The configuration of such a model, beside its weights. */
  MODEL_CONFIG("config.json") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofOurs(folder, "config.json");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** The weights of a fine-tuned model of HuggingFace's. */
  MODEL_HUGGINGFACE("model.safetensors") {
    @Override
    int[] zones(byte[] bytes) {
      return header(bytes);
    }

    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofHuggingFace(folder, "model.safetensors");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** The configuration of such a model, beside its weights. */
  MODEL_HUGGINGFACE_CONFIG("config.json") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofHuggingFace(folder, "config.json");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** The settings of its tokenizer. */
  MODEL_HUGGINGFACE_TEXT("tokenizer_config.json") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofHuggingFace(folder, "tokenizer_config.json");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** The table of a TensorFlow checkpoint with heads, read as for a conversion. */
  MODEL_TENSORFLOW("model.ckpt-0.index") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofTensorFlow(folder, "model.ckpt-0.index");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** A SameDiff file with heads, read as for a conversion. */
  MODEL_SAMEDIFF("model.fb") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofSameDiff(folder, "model.fb");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** The configuration beside a SameDiff file. */
  MODEL_SAMEDIFF_CONFIG("config.json") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedModel.ofSameDiff(folder, "config.json");
    }

    @Override
    void readAll(Path file) throws IOException {
      requireModest(file, FuzzedModel.read(file));
    }
  },
  /** {@code vocab.txt}. */
  VOCABULARY("vocab.txt") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return Files.readAllBytes(bundle("vocab.txt"));
    }

    @Override
    void readAll(Path file) throws IOException {
      Vocabulary.read(file);
    }
  },
  /** Prepared examples. */
  TFRECORD("examples.tfrecord") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return FuzzedArchive.records(folder.resolve("good.tfrecord"));
    }

    @Override
    void readAll(Path file) throws IOException {
      try (RecordReader reader = RecordReader.open(file)) {
        for (byte[] record = reader.next(); record != null; record = reader.next()) {
          ExampleMessage.decode(record, file.toString());
        }
      }
    }
  },
  /** The inside of a prepared example, which no checksum protects from its writer. */
  EXAMPLE("example") {
    @Override
    byte[] undamaged(Path folder) {
      return FuzzedArchive.example();
    }

    @Override
    void readAll(Path file) throws IOException {
      ExampleMessage.decode(Files.readAllBytes(file), file.toString());
    }
  };

  /** Heap that a reader may use whatever the size of the file. */
  private static final long FIXED_HEAP = 64L << 20;

  private static final String DATA = "model.ckpt-0.data-00000-of-00001";
  private static final long HEAP_PER_BYTE = 200;

  /** Tied weights of PyTorch's may be of four names, and half precision is widened. */
  private static final long ARRAYS_PER_BYTE = 8;

  private final String file;

  FuzzedFormat(String file) {
    this.file = file;
  }

  /** Stretches of a file that describe the others. */
  int[] zones(byte[] bytes) {
    String key = "\"num_hidden_layers\"";
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int from = text.indexOf(key);
    return from < 0
        ? new int[0]
        : new int[] {0, bytes.length, from + key.length(), text.indexOf(',', from)};
  }

  /** A good file of this format; others that it needs are put into {@code folder}. */
  byte[] undamaged(Path folder) throws IOException {
    return Files.readAllBytes(generator(file));
  }

  static Path generator(String name) {
    return HuggingFaceTiny.folder().resolve("generator").resolve(name);
  }

  /**
   * Reads a file to its end.
   *
   * @throws IOException of a type of its own if it is damaged
   */
  void readAll(Path file) throws IOException {
    try (TensorSource source = WeightFormats.open(file)) {
      requireModest(
          file, source.tensors().values().stream().mapToDouble(FuzzedFormat::bytes).sum());
      for (String name : source.tensors().keySet()) {
        source.read(name).close();
      }
    }
  }

  /** Where the table of a safetensors file is. */
  private static int[] header(byte[] bytes) {
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new int[] {0, (int) (8 + header)};
  }

  /** The arrays of a model lie outside the heap, where no count of the heap sees them. */
  private static void requireModest(Path file, double bytes) throws IOException {
    long stored = 0;
    try (Stream<Path> files = Files.walk(file.getParent())) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        stored += Files.size(each);
      }
    }
    if (bytes > ARRAYS_PER_BYTE * (double) stored) {
      throw new AssertionError("%,.0f bytes of arrays for files of %,d".formatted(bytes, stored));
    }
  }

  private static double bytes(StoredTensor tensor) {
    double bytes = tensor.type().width();
    for (long axis : tensor.shape()) {
      bytes *= axis;
    }
    return bytes;
  }

  private static Path bundle(String name) {
    return HuggingFaceTiny.folder().resolveSibling("pretraining-electra").resolve(name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void readBundle(Path file) throws IOException {
    try (BundleReader reader = BundleReader.open(file.resolveSibling("model.ckpt-0"))) {
      requireModest(
          file, reader.index().tensors().values().stream().mapToDouble(TensorEntry::length).sum());
      reader.verify();
    }
  }

  private static void requireIn(Path folder, Path place) {
    if (!place.startsWith(folder)) {
      throw new AssertionError(place + " is outside " + folder);
    }
  }

  private static void requireNames(Path file, IOException error) {
    if (!error.getMessage().contains(file.getParent().toString())) {
      throw new AssertionError("the message does not name the folder: " + error.getMessage());
    }
  }

  /**
   * Reads {@code count} damaged files.
   *
   * @param watcher is told of every file before it is read
   * @return how many of them were accepted
   * @throws AssertionError naming the seed and the number of the first that was neither accepted
   *     nor refused as it should be
   */
  int run(Path folder, int count, long seed, Consumer<String> watcher) throws IOException {
    byte[] whole = undamaged(folder);
    Mutation mutation = new Mutation(whole, zones(whole), new Random(seed));
    Path path = folder.resolve(file);
    Files.write(path, whole);
    readAll(path); // loads ND4J, whose size no file is to blame for
    if (!read(path, whole.length, this + " undamaged")) {
      throw new AssertionError(this + ": the undamaged file was refused");
    }
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      byte[] damaged = mutation.next();
      Files.write(path, damaged);
      String where = "%s seed=%d mutant=%d".formatted(this, seed, i);
      watcher.accept(where);
      if (read(path, damaged.length, where)) {
        accepted++;
      }
    }
    return accepted;
  }

  private boolean read(Path path, int size, String where) throws IOException {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean accepted;
    try {
      readAll(path);
      accepted = true;
    } catch (MalformedFileException | MalformedVocabularyException e) {
      if (!e.getMessage().contains(path.getParent().toString())) {
        throw new AssertionError(where + ": the message does not name the file: " + e.getMessage());
      }
      accepted = false;
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(where + ": " + e, e);
    }
    long used = threads.getCurrentThreadAllocatedBytes() - before;
    if (used > FIXED_HEAP + HEAP_PER_BYTE * size) {
      throw new AssertionError(
          "%s: %,d bytes of heap for a file of %,d".formatted(where, used, size));
    }
    return accepted;
  }
}
