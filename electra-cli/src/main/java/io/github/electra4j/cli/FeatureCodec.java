package io.github.electra4j.cli;

import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import io.github.electra4j.train.task.TokenSequence;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One example as bytes. */
final class FeatureCodec {
  private static final byte LABEL = 0;
  private static final byte SCORE = 1;
  private static final byte TAGS = 2;
  private static final byte SPAN = 3;
  private static final byte CHOICE = 4;
  private static final byte INTENT = 5;

  private FeatureCodec() {}

  /** Appends an example. */
  static void write(TaskExample example, DataOutputStream out) throws IOException {
    out.writeLong(example.id());
    out.writeUTF(example.task());
    out.writeInt(example.sequences().size());
    for (TokenSequence sequence : example.sequences()) {
      write(sequence.inputIds(), out);
      write(sequence.tokenTypeIds(), out);
    }
    write(example.target(), out);
  }

  /** Reads what {@link #write} wrote. */
  static TaskExample read(DataInputStream in) throws IOException {
    long id = in.readLong();
    String task = in.readUTF();
    int count = in.readInt();
    List<TokenSequence> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sequences.add(new TokenSequence(readInts(in), readInts(in)));
    }
    return new TaskExample(id, task, sequences, readTarget(in));
  }

  private static void write(TaskTarget target, DataOutputStream out) throws IOException {
    if (target instanceof TaskTarget.Label label) {
      out.writeByte(LABEL);
      out.writeInt(label.index());
    } else if (target instanceof TaskTarget.Score score) {
      out.writeByte(SCORE);
      out.writeDouble(score.value());
    } else if (target instanceof TaskTarget.Tags tags) {
      out.writeByte(TAGS);
      write(tags, out);
    } else if (target instanceof TaskTarget.Span span) {
      out.writeByte(SPAN);
      out.writeInt(span.start());
      out.writeInt(span.end());
      out.writeBoolean(span.impossible());
    } else if (target instanceof TaskTarget.Choice choice) {
      out.writeByte(CHOICE);
      out.writeInt(choice.candidates());
      out.writeInt(choice.right());
    } else if (target instanceof TaskTarget.IntentAndTags intent) {
      out.writeByte(INTENT);
      out.writeInt(intent.intent());
      write(intent.slots(), out);
    }
  }

  private static TaskTarget readTarget(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case LABEL -> new TaskTarget.Label(in.readInt());
      case SCORE -> new TaskTarget.Score(in.readDouble());
      case TAGS -> new TaskTarget.Tags(readInts(in), readInts(in));
      case SPAN -> new TaskTarget.Span(in.readInt(), in.readInt(), in.readBoolean());
      case CHOICE -> new TaskTarget.Choice(in.readInt(), in.readInt());
      case INTENT ->
          new TaskTarget.IntentAndTags(
              in.readInt(), new TaskTarget.Tags(readInts(in), readInts(in)));
      default -> throw new AssertionError("The digest was right, but kind " + kind + " is none.");
    };
  }

  private static void write(TaskTarget.Tags tags, DataOutputStream out) throws IOException {
    write(tags.positions(), out);
    write(tags.labels(), out);
  }

  private static void write(int[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static int[] readInts(DataInputStream in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }
}
