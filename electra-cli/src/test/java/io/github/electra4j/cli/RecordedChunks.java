package io.github.electra4j.cli;

import static io.github.electra4j.testkit.TensorAssert.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TagFeaturizer;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A recorded run on chunking; its labels are BIOES, those of the raw data BIO. */
final class RecordedChunks implements RecordedTask {
  private final TaskHead.Tagging head;

  RecordedChunks(JsonNode info) {
    JsonNode mapping = info.get("label_mapping");
    String[] labels = new String[mapping.size()];
    mapping.fieldNames().forEachRemaining(name -> labels[mapping.get(name).asInt()] = name);
    this.head = new TaskHead.Tagging("chunk", List.of(labels));
  }

  @Override
  public TaskHead head() {
    return head;
  }

  @Override
  public TaskTarget target(JsonNode example) {
    int words = 0;
    for (JsonNode weight : example.get("chunk_labels_mask")) {
      words += weight.asInt();
    }
    return new TaskTarget.Tags(
        Arrays.copyOf(RecordedTask.ints(example.get("chunk_labeled_positions")), words),
        Arrays.copyOf(RecordedTask.ints(example.get("chunk_labels")), words));
  }

  @Override
  public List<TaskExample> examples(Path data, String split, ElectraTokenizer tokenizer, int length)
      throws IOException {
    return TagFeaturizer.of(tokenizer, head, length)
        .examples(sentences(data.resolve(split + ".txt")));
  }

  private static List<TaggedSentence> sentences(Path file) throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank()) {
        sentences.add(new TaggedSentence(sentences.size(), words, withEnds(tags)));
        words.clear();
        tags.clear();
      } else {
        words.add(line.substring(0, line.indexOf(' ')));
        tags.add(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sentences; // what no blank line ends is lost, as in the original
  }

  /** BIO to BIOES, for tags that are well formed. */
  private static List<String> withEnds(List<String> tags) {
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      String tag = tags.get(i);
      boolean last = i + 1 == tags.size() || !tags.get(i + 1).startsWith("I-");
      boolean begins = tag.startsWith("B-");
      String mark = last ? (begins ? "S" : "E") : (begins ? "B" : "I");
      ends.add(tag.equals("O") ? tag : mark + tag.substring(1));
    }
    return ends;
  }

  @Override
  public void check(
      GoldenTensors golden,
      String when,
      LabelledBatch batch,
      List<HeadOutput> outputs,
      double tolerance) {
    GoldenTensors.Tensor logits = golden.get(when + ".logits"); // [batch, seq, labels]
    int[][] predictions = golden.get(when + ".predictions").intRows();
    int seq = (int) logits.shape()[1];
    int labels = (int) logits.shape()[2];
    float[] all = logits.floats();
    for (int i = 0; i < outputs.size(); i++) {
      float[][] words = ((HeadOutput.WordScores) outputs.get(i)).logits();
      assertEquals(((TaskTarget.Tags) batch.targets().get(i)).labels().length, words.length);
      for (int w = 0; w < words.length; w++) {
        int from = (i * seq + w) * labels;
        String what = "%s: sentence %d, word %d".formatted(when, i, w);
        assertWithin(what, Arrays.copyOfRange(all, from, from + labels), words[w], tolerance);
        assertEquals(predictions[i][w], BestPositions.first(words[w]), what);
      }
    }
  }
}
