package io.github.electra4j.cli;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Token ids in a safetensors file: {@code input_ids [batch, seq]} and, where they are not all ones
 * and all zeros, {@code attention_mask} and {@code token_type_ids} of the same shape.
 */
final class TokenFile {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  private final SafetensorsFile file;

  private TokenFile(SafetensorsFile file) {
    this.file = file;
  }

  /**
   * Reads the file.
   *
   * @throws MalformedFileException when a tensor is missing, of another shape, or no whole numbers
   */
  static TokenBatch read(Path path) throws IOException {
    TokenFile file = new TokenFile(SafetensorsFile.open(InputFiles.existing(path)));
    int[][] ids = file.rows(IDS);
    int[][] mask = file.has(MASK) ? file.rows(MASK) : filled(ids, 1);
    int[][] types = file.has(TYPES) ? file.rows(TYPES) : filled(ids, 0);
    try {
      return new TokenBatch(ids, mask, types);
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(path, e.getMessage() + ".", e);
    }
  }

  private static int[][] filled(int[][] like, int value) {
    int[][] rows = new int[like.length][like[0].length];
    for (int[] row : rows) {
      Arrays.fill(row, value);
    }
    return rows;
  }

  private boolean has(String name) {
    return file.entries().containsKey(name);
  }

  private int[][] rows(String name) throws IOException {
    if (!has(name)) {
      throw MalformedFileException.in(
          file.file(),
          "there is no tensor %s, only %s. Write the ids as %s [batch, seq]."
              .formatted(name, file.entries().keySet(), name));
    }
    INDArray array = file.read(name);
    if (array.rank() != 2 || array.isEmpty()) {
      throw MalformedFileException.in(
          file.file(),
          "tensor %s has shape %s; it must be [batch, seq]."
              .formatted(name, Arrays.toString(array.shape())));
    }
    return whole(name, array);
  }

  private int[][] whole(String name, INDArray array) throws MalformedFileException {
    double[][] values = array.toDoubleMatrix();
    int[][] rows = new int[values.length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new int[values[row].length];
      for (int column = 0; column < values[row].length; column++) {
        int value = (int) values[row][column];
        if (value != values[row][column]) {
          throw MalformedFileException.in(
              file.file(),
              "tensor %s has %s at [%d, %d]; it must hold whole numbers of 32 bits."
                  .formatted(name, values[row][column], row, column));
        }
        rows[row][column] = value;
      }
    }
    return rows;
  }
}
