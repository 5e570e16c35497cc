package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.TextSpan;
import io.github.electra4j.train.inference.UtteranceParser;
import io.github.electra4j.train.inference.WordTagger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tagger, or a model for intent and slots, says of plain texts: a word with its label per
 * line, as in files of such tasks, or a JSON object per text with offsets.
 */
final class WordPredictor {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Texts computed together. */
  private static final int CHUNK = 64;

  private final Console console;
  private final boolean json;

  WordPredictor(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** Labels the words of every text. */
  void tags(LoadedModel model, TextArguments texts) throws IOException {
    try (WordTagger tagger = Electra.tagger(model)) {
      forEach(
          texts,
          some -> {
            List<List<WordTagger.Word>> all = tagger.tagTexts(some);
            for (int i = 0; i < all.size(); i++) {
              print(MAPPER.createObjectNode(), all.get(i), TextSpan.of(some.get(i), all.get(i)));
            }
          });
    }
  }

  /** Finds intent and slots of every text. */
  void intents(LoadedModel model, TextArguments texts) throws IOException {
    try (UtteranceParser parser = Electra.utteranceParser(model)) {
      forEach(
          texts,
          some -> {
            for (UtteranceParser.Utterance each : parser.parse(some)) {
              ObjectNode node = MAPPER.createObjectNode().put("intent", each.intent());
              node.set("probabilities", MAPPER.valueToTree(each.probabilities()));
              if (!json) {
                console.data("# intent: " + each.intent());
              }
              print(node, each.words(), each.slots());
            }
          });
    }
  }

  /** Whether a head labels words, so that it can be used here. */
  static boolean labelsWords(TaskHead head) {
    return head instanceof TaskHead.Tagging || head instanceof TaskHead.IntentAndSlots;
  }

  private interface Consumer {
    void accept(List<String> texts);
  }

  private void forEach(TextArguments texts, Consumer consumer) throws IOException {
    List<String> pending = new ArrayList<>();
    texts.forEach(
        console,
        pair -> {
          pending.add(pair.second().isEmpty() ? pair.first() : pair.first() + " " + pair.second());
          if (pending.size() == CHUNK) {
            consumer.accept(pending);
            pending.clear();
          }
        });
    consumer.accept(pending);
    console.out().flush();
  }

  private void print(ObjectNode node, List<WordTagger.Word> words, List<TextSpan> spans) {
    if (!json) {
      words.forEach(word -> console.data(word.text() + " " + word.tag()));
      console.data("");
      return;
    }
    ArrayNode all = node.putArray("words");
    for (WordTagger.Word word : words) {
      all.addObject()
          .put("text", word.text())
          .put("start", word.start())
          .put("end", word.end())
          .put("tag", word.tag())
          .put("probability", word.probability());
    }
    ArrayNode found = node.putArray("spans");
    for (TextSpan span : spans) {
      found
          .addObject()
          .put("type", span.type())
          .put("text", span.text())
          .put("start", span.start())
          .put("end", span.end())
          .put("probability", span.probability());
    }
    console.data(node.toString());
  }
}
