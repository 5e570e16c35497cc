package io.github.electra4j.train.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;
import org.tensorflow.example.Features;
import org.tensorflow.example.Int64List;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.hadoop.util.TFRecordWriter;

/** Shards exchanged with TensorFlow's own Java classes, in both directions. */
class TensorFlowHadoopTest {
  @TempDir private Path folder;

  @Test
  void ourShardsAreReadByTensorFlow() throws IOException {
    Path corpus = folder.resolve("corpus/a.txt");
    SmallCorpus.write(corpus, 40, 4);
    Path out = folder.resolve("out");
    PrepareConfig config = PrepareConfig.standard().withMaxSeqLength(32).withShards(3);
    Preparation.of(SmallCorpus.tokenizer(), config).run(List.of(corpus), out, false);
    int index = 0;
    try (ExampleShards shards = ExampleShards.open(out.toString())) {
      for (int shard = 0; shard < 3; shard++) {
        try (InputStream in =
            new BufferedInputStream(Files.newInputStream(out.resolve(ShardFiles.name(shard, 3))))) {
          TFRecordReader reader = new TFRecordReader(in, true);
          for (byte[] record = reader.read(); record != null; record = reader.read()) {
            Features features = Example.parseFrom(record).getFeatures();
            assertEquals(3, features.getFeatureCount());
            PackedExample ours = shards.read(index++);
            assertArrayEquals(ours.inputIds(), ints(features, "input_ids"));
            assertArrayEquals(ours.attentionMask(), ints(features, "input_mask"));
            assertArrayEquals(ours.tokenTypeIds(), ints(features, "segment_ids"));
          }
          assertNull(reader.read());
        }
      }
      assertEquals(shards.size(), index);
      assertTrue(index > 100, index + " examples");
    }
  }

  private static int[] ints(Features features, String name) {
    return features.getFeatureOrThrow(name).getInt64List().getValueList().stream()
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @Test
  void tensorFlowsShardsAreReadByUs() throws IOException {
    for (int shard = 0; shard < 2; shard++) {
      try (DataOutputStream out =
          new DataOutputStream(
              Files.newOutputStream(folder.resolve(ShardFiles.name(shard, 1000))))) {
        TFRecordWriter writer = new TFRecordWriter(out);
        for (int i = 0; i < 5; i++) {
          writer.write(example(2, 10 + 5 * shard + i, 3, 0).toByteArray());
        }
      }
    }
    try (ExampleShards shards = ExampleShards.open(folder.toString())) {
      assertEquals(10, shards.size());
      for (int index = 0; index < 10; index++) {
        PackedExample example = shards.read(index);
        assertArrayEquals(new int[] {2, 10 + index, 3, 0}, example.inputIds());
        assertArrayEquals(new int[] {1, 1, 1, 0}, example.attentionMask());
        assertArrayEquals(new int[4], example.tokenTypeIds());
      }
    }
  }

  private static Example example(long... ids) {
    long[] mask = Arrays.stream(ids).map(id -> id == 0 ? 0 : 1).toArray();
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature("input_ids", feature(ids))
                .putFeature("input_mask", feature(mask))
                .putFeature("segment_ids", feature(new long[ids.length])))
        .build();
  }

  private static Feature feature(long... values) {
    Int64List.Builder list = Int64List.newBuilder();
    Arrays.stream(values).forEach(list::addValue);
    return Feature.newBuilder().setInt64List(list).build();
  }
}
