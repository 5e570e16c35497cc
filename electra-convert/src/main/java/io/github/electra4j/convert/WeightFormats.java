package io.github.electra4j.convert;

import io.github.electra4j.convert.hdf5.KerasFile;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Dialect;
import io.github.electra4j.convert.pytorch.TorchFile;
import io.github.electra4j.convert.samediff.SameDiffFile;
import io.github.electra4j.convert.tensor.SafetensorsSource;
import io.github.electra4j.convert.tensor.ShardedSource;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weight files of HuggingFace's, told apart by the ends of their names. */
final class WeightFormats {
  private static final String POINTER = "version https://git-lfs";

  private WeightFormats() {}

  /** Opens a weight file and checks its table. */
  static TensorSource open(Path file) throws IOException {
    requireContent(file);
    String name = file.getFileName().toString();
    if (name.endsWith(".index.json")) {
      return ShardedSource.open(file, WeightFormats::openOne);
    }
    return openOne(file);
  }

  private static TensorSource openOne(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".safetensors")) {
      return SafetensorsSource.open(file);
    }
    if (name.endsWith(".fb")) {
      return SameDiffFile.open(file);
    }
    return name.endsWith(".h5") ? KerasFile.open(file) : TorchFile.open(file);
  }

  /** Who named the tensors of a file. */
  static Dialect dialect(Path file) {
    return file.getFileName().toString().endsWith(".h5") ? Dialect.KERAS : Dialect.TORCH;
  }

  /** A repository fetched without its large files has short texts in their places. */
  private static void requireContent(Path file) throws IOException {
    if (Files.size(file) > 1024) {
      return;
    }
    String start = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    if (start.startsWith(POINTER)) {
      throw MalformedFileException.in(
          file,
          "this is a pointer of Git's large file storage, not the file itself. Fetch the file (git lfs pull), or download it from the model's page.");
    }
  }
}
