package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.train.task.TextExample;

/** The demo's reviews as files of tasks that are not about whole texts, or not about one. */
final class DemoTasks {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DemoTasks() {}

  /** SQuAD's JSON: what is judged in the review? Every fourth question has no answer. */
  static String squad(int count, long seed, boolean second) {
    ArrayNode paragraphs = MAPPER.createArrayNode();
    for (TextExample review : DemoReviews.examples(count, seed)) {
      String answer = review.textA().split(" ", -1)[1];
      boolean impossible = second && review.id() % 4 == 3;
      ObjectNode question = MAPPER.createObjectNode().put("id", seed + "-" + review.id());
      question.put("question", "what was it?").put("is_impossible", impossible);
      ArrayNode answers = question.putArray("answers");
      if (!impossible) {
        answers.addObject().put("text", answer).put("answer_start", review.textA().indexOf(answer));
      }
      ObjectNode paragraph = paragraphs.addObject().put("context", review.textA());
      paragraph.putArray("qas").add(question);
    }
    ObjectNode root = MAPPER.createObjectNode().put("version", second ? "v2.0" : "1.1");
    root.putArray("data").addObject().put("title", "demo").set("paragraphs", paragraphs);
    return root.toString();
  }

  /** The judged thing is a chunk. */
  static String conll(int count, long seed) {
    StringBuilder text = new StringBuilder();
    for (TextExample review : DemoReviews.examples(count, seed)) {
      String[] words = review.textA().replaceAll("[.!]$", "").split(" ", -1);
      for (int i = 0; i < words.length; i++) {
        text.append(words[i]).append(" X ").append(i == 0 ? "B-NP" : i == 1 ? "I-NP" : "O");
        text.append('\n');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Dialogues as JSON lines; the review is the right one of three turns. */
  static String responses(int count, long seed) {
    StringBuilder lines = new StringBuilder();
    for (TextExample review : DemoReviews.examples(count, seed)) {
      ObjectNode node = MAPPER.createObjectNode();
      node.putArray("context").add("how was it?").add("well.");
      node.putArray("candidates").add(review.textA()).add("the bread.").add("the singer.");
      lines.append(node.put("label", 0)).append('\n');
    }
    return lines.toString();
  }

  /** COPA's JSON lines; the second of two choices is the review. */
  static String copa(int count, long seed) {
    StringBuilder lines = new StringBuilder();
    for (TextExample review : DemoReviews.examples(count, seed)) {
      ObjectNode node = MAPPER.createObjectNode().put("premise", "how was it?");
      node.put("choice1", "the bread.").put("choice2", review.textA()).put("question", "effect");
      lines.append(node.put("label", 1)).append('\n');
    }
    return lines.toString();
  }

  /** Praise and blame, the article being a slot. */
  static String intents(int count, long seed) {
    StringBuilder text = new StringBuilder();
    for (TextExample review : DemoReviews.examples(count, seed)) {
      text.append("# intent: ").append(review.label().equals("1") ? "praise" : "blame");
      for (String word : review.textA().split(" ", -1)) {
        text.append('\n').append(word).append(word.equals("the") ? " B-thing" : " O");
      }
      text.append("\n\n");
    }
    return text.toString();
  }

  /** MNLI's lines: a review follows from itself, and contradicts "the bread was dull.". */
  static String mnli(int count, long seed) {
    StringBuilder lines =
        new StringBuilder(
            "index\tpromptID\tpairID\tgenre\ts1_binary\ts2_binary\ts1_parse\ts2_parse"
                + "\tsentence1\tsentence2\tlabel1\tgold_label\n");
    String[] labels = {"entailment", "neutral", "contradiction"};
    for (TextExample review : DemoReviews.examples(count, seed)) {
      int kind = (int) (review.id() % 3);
      String second = kind == 0 ? review.textA() : kind == 1 ? "it was well." : "no.";
      lines.append(review.id()).append("\t1\t1\tdemo\t-\t-\t-\t-\t").append(review.textA());
      lines.append('\t').append(second).append('\t').append(labels[kind]).append('\t');
      lines.append(labels[kind]).append('\n');
    }
    return lines.toString();
  }

  /** RTE's lines. */
  static String rte(int count, long seed) {
    StringBuilder lines = new StringBuilder("index\tsentence1\tsentence2\tlabel\n");
    for (TextExample review : DemoReviews.examples(count, seed)) {
      boolean follows = review.id() % 2 == 0;
      lines.append(review.id()).append('\t').append(review.textA()).append('\t');
      lines.append(follows ? review.textA() : "no.").append('\t');
      lines.append(follows ? "entailment" : "not_entailment").append('\n');
    }
    return lines.toString();
  }
}
