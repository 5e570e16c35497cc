package io.github.electra4j.train.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.tfrecord.ExampleMessage;
import io.github.electra4j.train.tfrecord.FeatureList;
import io.github.electra4j.train.tfrecord.PlainRecords;
import io.github.electra4j.train.tfrecord.RecordWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleShardsTest {
  @TempDir private Path folder;

  @Test
  void ourShardsAreReadByAnIndependentReader() throws IOException {
    Path corpus = folder.resolve("corpus/a.txt");
    SmallCorpus.write(corpus, 40, 4);
    PrepareConfig config = PrepareConfig.standard().withMaxSeqLength(32).withShards(4);
    Preparation.of(SmallCorpus.tokenizer(), config)
        .run(List.of(corpus), folder.resolve("out"), false);
    int index = 0;
    try (ExampleShards shards = ExampleShards.open(folder.resolve("out").toString())) {
      assertEquals(32, shards.seq());
      for (int shard = 0; shard < 4; shard++) {
        Path file = folder.resolve("out/pretrain_data.tfrecord-%d-of-4".formatted(shard));
        for (byte[] record : PlainRecords.read(file)) {
          Map<String, List<Long>> features = PlainRecords.longs(record);
          assertEquals(
              List.of("input_ids", "input_mask", "segment_ids"), List.copyOf(features.keySet()));
          PackedExample example = shards.read(index++);
          assertEquals(list(example.inputIds()), features.get("input_ids"));
          assertEquals(list(example.attentionMask()), features.get("input_mask"));
          assertEquals(list(example.tokenTypeIds()), features.get("segment_ids"));
        }
      }
      assertEquals(shards.size(), index);
      assertTrue(index > 100, index + " examples");
    }
  }

  @Test
  void theOriginalsLayoutIsRead() throws IOException {
    // features in another order, numbers one by one, one feature more, shards that stayed empty
    String unpacked = "0802" + "0807" + "0803" + "0800"; // [CLS] 7 [SEP] [PAD]
    String ids = entry("696e7075745f696473", unpacked);
    String mask = entry("696e7075745f6d61736b", "0a0401010100");
    String types = entry("7365676d656e745f696473", "0a0400000000");
    String more = entry("6d6f7265", "0a0105");
    byte[] example = HexFormat.of().parseHex(nest("0a", types + more + ids + mask));
    write("pretrain_data.tfrecord-0-of-1000");
    write("pretrain_data.tfrecord-2-of-1000", example, example);
    write("pretrain_data.tfrecord-10-of-1000", ExampleMessage.encode(features(4, 9)));
    write("pretrain_data.tfrecord-11-of-1000");
    try (ExampleShards shards = ExampleShards.open(folder + "/pretrain_data.tfrecord*")) {
      assertEquals(3, shards.size());
      assertEquals(4, shards.seq());
      PackedExample first = shards.read(0);
      assertArrayEquals(new int[] {2, 7, 3, 0}, first.inputIds());
      assertArrayEquals(new int[] {1, 1, 1, 0}, first.attentionMask());
      assertEquals(first, shards.read(1));
      assertEquals(first.hashCode(), shards.read(1).hashCode());
      assertEquals(9, shards.read(2).inputIds()[1], "10 follows 2");
      assertThrows(IndexOutOfBoundsException.class, () -> shards.read(3));
      assertThrows(IndexOutOfBoundsException.class, () -> shards.read(-1));
      TokenBatch batch = shards.readBatch(2, 0);
      assertEquals(2, batch.batch());
      assertEquals(9, batch.inputIds()[0][1]);
      assertEquals(7, batch.inputIds()[1][1]);
    }
  }

  @Test
  void theFingerprintIsThatOfTheExamplesInTheirOrder() throws IOException {
    byte[] one = ExampleMessage.encode(features(4, 1));
    byte[] two = ExampleMessage.encode(features(4, 2));
    Path together = write("together", one, two);
    Path first = write("first", one);
    Path second = write("second", two);
    String fingerprint = fingerprint(together.toString());
    assertTrue(fingerprint.matches("[0-9a-f]{64}"), fingerprint);
    assertEquals(fingerprint, fingerprint(first + "," + second), "files do not matter");
    assertNotEquals(fingerprint, fingerprint(second + "," + first), "their order does");
    Path other = write("another", one, ExampleMessage.encode(features(4, 3)));
    assertNotEquals(fingerprint, fingerprint(other.toString()));
    assertNotEquals(fingerprint, fingerprint(first.toString()));
  }

  private static String fingerprint(String places) throws IOException {
    try (ExampleShards shards = ExampleShards.open(places)) {
      return shards.fingerprint();
    }
  }

  @Test
  void placesAreFilesFoldersAndPatterns() throws IOException {
    write("pretrain_data.tfrecord-0-of-2", ExampleMessage.encode(features(4, 1)));
    write("pretrain_data.tfrecord-1-of-2", ExampleMessage.encode(features(4, 2)));
    write("other", ExampleMessage.encode(features(4, 3)));
    assertEquals(2, size(folder.toString()));
    assertEquals(1, size(folder + "/other"));
    assertEquals(3, size(folder + " , " + folder + "/o*"));
    assertEquals(2, size(folder + "/*-?-of-2," + folder));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("other"));
    assertEquals(1, size(link.toString()));
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder);
    assertThrows(FileSystemLoopException.class, () -> size(loop.toString()));
    Files.delete(loop);
    for (String nothing : List.of(folder + "/x*", folder + "/missing", folder + "/no/x*")) {
      assertThrows(NoSuchFileException.class, () -> ExampleShards.open(nothing), nothing);
    }
  }

  @Test
  void whatIsNoExampleIsRefused() throws IOException {
    Map<String, FeatureList> good = features(4, 1);
    for (String broken : List.of("input_ids", "input_mask", "segment_ids")) {
      for (FeatureList list :
          List.of(
              new FeatureList.Floats(new float[4]),
              new FeatureList.Longs(new long[3]),
              new FeatureList.Longs(new long[] {0, -1, 0, 0}),
              new FeatureList.Longs(new long[] {0, 1L << 31, 0, 0}))) {
        Map<String, FeatureList> wrong = new java.util.LinkedHashMap<>(good);
        wrong.put(broken, list);
        Path file = write("wrong", ExampleMessage.encode(wrong));
        MalformedFileException refused =
            assertThrows(MalformedFileException.class, () -> ExampleShards.open(file.toString()));
        assertTrue(refused.getMessage().contains("wrong, record 0"), refused.getMessage());
      }
    }
    Path empty = write("empty");
    assertThrows(MalformedFileException.class, () -> ExampleShards.open(empty.toString()));
  }

  @Test
  void lengthsAreNotMixed() throws IOException {
    Path file =
        write(
            "mixed", ExampleMessage.encode(features(4, 1)), ExampleMessage.encode(features(8, 1)));
    try (ExampleShards shards = ExampleShards.open(file.toString())) {
      MalformedFileException mixed =
          assertThrows(MalformedFileException.class, () -> shards.read(1));
      assertTrue(mixed.getMessage().contains("8 tokens"), mixed.getMessage());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new PackedExample(new int[2], new int[2], new int[3]));
  }

  private static Map<String, FeatureList> features(int seq, int id) {
    long[] ones = LongStream.generate(() -> 1).limit(seq).toArray();
    long[] ids = new long[seq];
    Arrays.fill(ids, id);
    return Map.of(
        "input_ids", new FeatureList.Longs(ids),
        "input_mask", new FeatureList.Longs(ones),
        "segment_ids", new FeatureList.Longs(new long[seq]));
  }

  private static String entry(String name, String list) {
    return nest("0a", nest("0a", name) + nest("12", nest("1a", list)));
  }

  private static String nest(String key, String content) {
    return key + "%02x".formatted(content.length() / 2) + content;
  }

  private Path write(String name, byte[]... records) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    try (RecordWriter writer =
        new RecordWriter(
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      for (byte[] record : records) {
        writer.write(record);
      }
    }
    return file;
  }

  private static int size(String places) throws IOException {
    try (ExampleShards shards = ExampleShards.open(places)) {
      return shards.size();
    }
  }

  private static List<Long> list(int[] values) {
    return Arrays.stream(values).mapToObj(value -> (long) value).toList();
  }
}
