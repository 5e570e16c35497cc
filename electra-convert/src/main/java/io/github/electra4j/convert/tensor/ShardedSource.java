package io.github.electra4j.convert.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model in several files with an index that says which tensor is where, e.g. {@code
 * {"metadata":{"total_size":8},"weight_map":{"a":"model-00001-of-00002.safetensors"}}}.
 */
public final class ShardedSource implements TensorSource {
  /** Longest index that is read; the format's own tools write some 100 bytes per tensor. */
  private static final int LONGEST = 16 << 20;

  private static final int MOST_SHARDS = 10_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path index;
  private final Map<String, TensorSource> shards = new LinkedHashMap<>();
  private final Map<String, TensorSource> places = new LinkedHashMap<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  /** How one of the files is opened. */
  @FunctionalInterface
  public interface Opener {
    /** Opens a file and checks its table. */
    TensorSource open(Path file) throws IOException;
  }

  private ShardedSource(Path index) {
    this.index = index;
  }

  /**
   * Opens an index and every file that it names, which must be beside it.
   *
   * @throws MalformedFileException if the index is damaged, names a file elsewhere or none, or does
   *     not agree with a file about which tensors are in it
   */
  public static ShardedSource open(Path index, Opener opener) throws IOException {
    ShardedSource source = new ShardedSource(index);
    try {
      Map<String, List<String>> wanted = source.readIndex();
      for (Map.Entry<String, List<String>> each : wanted.entrySet()) {
        source.openShard(each.getKey(), each.getValue(), opener);
      }
      return source;
    } catch (IOException | RuntimeException e) {
      try (source) {
        throw e;
      }
    }
  }

  /** File name to names of its tensors. */
  private Map<String, List<String>> readIndex() throws IOException {
    if (Files.size(index) > LONGEST) {
      throw wrong("an index of more than %d bytes is not plausible".formatted(LONGEST));
    }
    JsonNode map = parse().path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw wrong("there is no object \"weight_map\" that names a file for every tensor");
    }
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String file = entry.getValue().asText();
      if (!entry.getValue().isTextual() || !file.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
        throw wrong(
            "tensor %s is said to be in %s, which is not the plain name of a file beside the index"
                .formatted(entry.getKey(), entry.getValue()));
      }
      wanted.computeIfAbsent(file, key -> new ArrayList<>()).add(entry.getKey());
    }
    if (wanted.size() > MOST_SHARDS) {
      throw wrong("%d files are named, more than %d".formatted(wanted.size(), MOST_SHARDS));
    }
    return wanted;
  }

  private JsonNode parse() throws IOException {
    try {
      return JSON.readTree(Files.readString(index));
    } catch (JsonProcessingException e) {
      throw MalformedFileException.in(
          index,
          "this is not valid JSON, line %d column %d: %s. Get the file again."
              .formatted(
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(index, "this is not UTF-8 text. Get the file again.", e);
    }
  }

  private void openShard(String name, List<String> wanted, Opener opener) throws IOException {
    Path file = index.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw wrong(
          "%d tensor(s) are in %s, which is missing; fetch that file too"
              .formatted(wanted.size(), name));
    }
    TensorSource shard = opener.open(file);
    shards.put(name, shard);
    for (String tensor : wanted) {
      StoredTensor stored = shard.tensors().get(tensor);
      if (stored == null) {
        throw wrong("tensor %s is said to be in %s, which has none".formatted(tensor, name));
      }
      tensors.put(tensor, stored);
      places.put(tensor, shard);
    }
    if (wanted.size() != shard.tensors().size()) {
      List<String> unknown = new ArrayList<>(shard.tensors().keySet());
      unknown.removeAll(wanted);
      throw wrong("%s holds tensors that the index does not name: %s".formatted(name, unknown));
    }
  }

  private MalformedFileException wrong(String problem) {
    return MalformedFileException.in(index, problem + ". Get all files of the model again.");
  }

  @Override
  public String name() {
    return index.toString();
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public INDArray read(String name) throws IOException {
    TensorSource shard = places.get(name);
    if (shard == null) {
      throw new IllegalArgumentException("%s has no tensor %s".formatted(index, name));
    }
    return shard.read(name);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (TensorSource shard : shards.values()) {
      try {
        shard.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
