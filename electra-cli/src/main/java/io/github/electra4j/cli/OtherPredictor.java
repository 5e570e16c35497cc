package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.IntentExample;
import io.github.electra4j.train.task.IntentFeaturizer;
import io.github.electra4j.train.task.RankingExample;
import io.github.electra4j.train.task.RankingFeaturizer;
import io.github.electra4j.train.task.TagFeaturizer;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model says of the sentences, candidates or utterances of a file, in the form of such
 * files: a word with its label per line, or the number of the best candidate and all scores.
 */
final class OtherPredictor {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final int CHUNK = 256;

  private final Reading reading;
  private final FineTunedModel model;
  private final Console console;
  private final boolean json;

  /**
   * @param json whether an object is printed for each sentence, utterance or question
   */
  OtherPredictor(Reading reading, FineTunedModel model, Console console, boolean json) {
    this.reading = reading;
    this.model = model;
    this.console = console;
    this.json = json;
  }

  /** Labels the words of a CoNLL file; its own labels, if any, are not looked at. */
  void tags(TaskHead.Tagging head, Path file) throws IOException {
    TagFeaturizer featurizer =
        TagFeaturizer.of(reading.tokenizer(), head, reading.maxSeqLength()).cuttingExactly();
    List<TaggedSentence> sentences = TagSplit.words(file);
    for (int start = 0; start < sentences.size(); start += CHUNK) {
      List<TaggedSentence> part =
          sentences.subList(start, Math.min(start + CHUNK, sentences.size()));
      List<HeadOutput> outputs = outputs(featurizer.examples(part));
      for (int i = 0; i < part.size(); i++) {
        List<String> tags =
            TagSplit.tags(head.labels(), ((HeadOutput.WordScores) outputs.get(i)).logits());
        print(
            MAPPER.createObjectNode(), part.get(i).words(), tags, TagSplit.unknown(head.labels()));
      }
    }
  }

  /** Finds intent and slots of the utterances of a file or folder. */
  void intents(TaskHead.IntentAndSlots head, Path place) throws IOException {
    List<IntentExample> all = IntentSplit.unlabelled(place);
    IntentFeaturizer featurizer =
        new IntentFeaturizer(reading.tokenizer(), head, reading.maxSeqLength());
    for (int start = 0; start < all.size(); start += CHUNK) {
      List<IntentExample> part = all.subList(start, Math.min(start + CHUNK, all.size()));
      List<HeadOutput> outputs = outputs(featurizer.examples(part));
      for (int i = 0; i < part.size(); i++) {
        HeadOutput.IntentScores scores = (HeadOutput.IntentScores) outputs.get(i);
        String intent = head.intents().get(BestPositions.first(scores.intents()));
        if (!json) {
          console.data("# intent: " + intent);
        }
        print(
            MAPPER.createObjectNode().put("intent", intent),
            part.get(i).words().words(),
            TagSplit.tags(head.slots(), scores.slots()),
            TagSplit.unknown(head.slots()));
      }
    }
  }

  /** Chooses among the candidates of a file. */
  void choices(TaskHead.PairRanking head, Path file) throws IOException {
    List<RankingExample> all = RankingSplit.open(head, "test", file, Integer.MAX_VALUE).examples();
    RankingFeaturizer featurizer =
        new RankingFeaturizer(reading.tokenizer(), head, reading.maxSeqLength());
    for (int start = 0; start < all.size(); start += CHUNK) {
      List<RankingExample> part = all.subList(start, Math.min(start + CHUNK, all.size()));
      for (HeadOutput output : outputs(featurizer.examples(part))) {
        choice(((HeadOutput.Scores) output).values());
      }
    }
  }

  private void choice(float[] scores) {
    if (json) {
      ObjectNode node = MAPPER.createObjectNode().put("best", BestPositions.first(scores));
      ArrayNode all = node.putArray("scores");
      for (float score : scores) {
        all.add(score);
      }
      console.data(node.toString());
      return;
    }
    List<String> texts = new ArrayList<>();
    for (float score : scores) {
      texts.add(Float.toString(score));
    }
    console.data(BestPositions.first(scores) + "\t" + String.join(" ", texts));
  }

  private List<HeadOutput> outputs(List<TaskExample> examples) {
    return model.answers(examples, reading.batchSize(), done -> {});
  }

  private void print(ObjectNode node, List<String> words, List<String> tags, String unknown) {
    List<String> all = new ArrayList<>(tags);
    while (all.size() < words.size()) {
      all.add(unknown);
    }
    if (json) {
      node.set("words", MAPPER.valueToTree(words));
      node.set("tags", MAPPER.valueToTree(all));
      console.data(node.toString());
      return;
    }
    for (int i = 0; i < words.size(); i++) {
      console.data(words.get(i) + " " + all.get(i));
    }
    console.data("");
  }
}
