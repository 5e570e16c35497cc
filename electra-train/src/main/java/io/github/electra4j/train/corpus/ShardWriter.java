package io.github.electra4j.train.corpus;

import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.train.tfrecord.RecordWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes examples to the files of a folder, one after the other, so that all have as many. */
final class ShardWriter implements Closeable {
  private final List<RecordWriter> shards;
  private long examples;

  private ShardWriter(List<RecordWriter> shards) {
    this.shards = shards;
  }

  static ShardWriter create(AtomicFolder folder, int count) throws IOException {
    List<RecordWriter> shards = new ArrayList<>();
    ShardWriter writer = new ShardWriter(shards);
    try {
      for (int shard = 0; shard < count; shard++) {
        shards.add(new RecordWriter(folder.newFile(ShardFiles.name(shard, count))));
      }
    } catch (IOException e) {
      writer.close();
      throw e;
    }
    return writer;
  }

  void write(PackedExample example) throws IOException {
    shards.get((int) (examples % shards.size())).write(ExampleCodec.encode(example));
    examples++;
  }

  /** Writes what is left; may be called twice. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (RecordWriter shard : shards) {
      try {
        shard.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    shards.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
