package io.github.electra4j.cli;

import java.util.List;
import java.util.stream.Stream;

/** Files of every format with every fault that it can have, and what is to become of each. */
final class BadFiles {
  private static final int LONG = 100_000;

  /** Marks an outcome that is no refusal; what follows stands in the output or the talk. */
  static final String ACCEPTED = "+";

  /** Marks a fault that a format cannot have. */
  static final String IMPOSSIBLE = "-";

  /** What is wrong with a file. */
  enum Fault {
    COLUMNS,
    MISSING,
    IDS,
    ANSWER,
    LABEL,
    EMPTY,
    LONG_TEXT,
    NOT_UTF8
  }

  /**
   * A format with two examples.
   *
   * @param task of the head
   * @param file its name
   * @param template in which {@code TEXT}, {@code LABEL}, {@code ID} (of the second example, the
   *     first is 1) and {@code START} (of the answer, 0) are replaced
   * @param label a good one
   * @param columns what is replaced, by what, to have wrong columns
   * @param outcomes of every fault, in order
   */
  record Format(
      String task,
      String file,
      String template,
      String label,
      List<String> columns,
      List<String> outcomes) {
    String content(Fault fault) {
      String text =
          switch (fault) {
            case EMPTY -> "";
            case LONG_TEXT -> "\u00e9".repeat(LONG);
            case NOT_UTF8 -> "caf\u00e9";
            default -> "fine";
          };
      String content =
          fault == Fault.COLUMNS ? template.replace(columns.get(0), columns.get(1)) : template;
      return content
          .replace("TEXT", text)
          .replace("LABEL", fault == Fault.LABEL ? unknownLabel() : label)
          .replace("ID", fault == Fault.IDS ? "1" : "2")
          .replace("START", fault == Fault.ANSWER ? "7" : "0");
    }

    /** What is to become of a fault. */
    String outcome(Fault fault) {
      return outcomes.get(List.of(Fault.values()).indexOf(fault));
    }

    private String unknownLabel() {
      return label.matches("\\d") ? "9" : "B-unseen";
    }

    @Override
    public String toString() {
      return task + " " + file;
    }
  }

  private BadFiles() {}

  static Stream<Format> formats() {
    return Stream.of(texts(), questions(), sentences(), candidates()).flatMap(each -> each);
  }

  private static Stream<Format> texts() {
    List<String> own = List.of("text", "other");
    List<String> outcomes =
        List.of(
            "line 2: there is no column \"text\"",
            "does not exist",
            ACCEPTED + "\"examples\" : 2", // rows are told apart by their place
            IMPOSSIBLE,
            "line 2: the label is \"B-unseen\"",
            "line 2: the column \"text\" is empty",
            ACCEPTED + "\"examples\" : 2",
            "line 2: byte");
    List<String> lines =
        outcomes.stream().map(outcome -> outcome.replace("line 2", "line 1")).toList();
    List<String> glue =
        List.of(
            "line 2: found 1 column(s)",
            "was not found; looked for",
            ACCEPTED + "\"examples\" : 2",
            IMPOSSIBLE,
            "line 2: the label is \"",
            ACCEPTED + "\"examples\" : 2", // as the original
            ACCEPTED + "\"examples\" : 2",
            "line 2: byte");
    return Stream.of(
        new Format(
            "own",
            "own.csv",
            "id,text,label\n1,TEXT,LABEL\nID,so so,good\n",
            "good",
            own,
            outcomes),
        new Format(
            "own",
            "own.tsv",
            "id\ttext\tlabel\n1\tTEXT\tLABEL\nID\tso so\tgood\n",
            "good",
            own,
            outcomes),
        new Format(
            "own",
            "own.jsonl",
            "{\"id\":1,\"text\":\"TEXT\",\"label\":\"LABEL\"}\n"
                + "{\"id\":ID,\"text\":\"so so\",\"label\":\"good\"}\n",
            "good",
            own,
            lines),
        new Format(
            "sst",
            "glue/SST-2/dev.tsv",
            "sentence\tlabel\nTEXT\tLABEL\nso so\t0\n",
            "1",
            List.of("\t", " "),
            glue),
        new Format(
            "rte",
            "glue/RTE/dev.tsv",
            "index\tsentence1\tsentence2\tlabel\n1\tTEXT\tb\tLABEL\nID\ta\tb\tentailment\n",
            "entailment",
            List.of("\t", " "),
            glue),
        new Format(
            "sts",
            "glue/STS-B/dev.tsv",
            "index\tsentence1\tsentence2\tscore\n1\tTEXT\tb\tLABEL\nID\ta\tb\t2.5\n",
            "1.0",
            List.of("\t", " "),
            glue.stream().map(each -> each.replace("the label is", "the score is")).toList()));
  }

  private static Stream<Format> questions() {
    String squad =
        "{\"data\":[{\"paragraphs\":[{\"context\":\"Rollo led. TEXT\",\"qas\":[{\"id\":\"1\","
            + "\"question\":\"TEXT\",\"answers\":[{\"text\":\"Rollo\",\"answer_start\":START}]},"
            + "{\"id\":\"ID\",\"question\":\"Why?\",SECOND}]}]}]}";
    String second = squad.replace("SECOND", "\"is_impossible\":true,\"answers\":[]");
    String first =
        squad.replace("SECOND", "\"answers\":[{\"text\":\"Rollo\",\"answer_start\":START}]");
    String mrqa =
        "{\"header\":{\"dataset\":\"x\"}}\n{\"context\":\"Rollo led. TEXT\",\"qas\":["
            + "{\"qid\":\"1\",\"question\":\"TEXT\",\"answers\":[\"Rollo\"],"
            + "\"detected_answers\":[{\"text\":\"Rollo\",\"char_spans\":[[START,4]]}]},"
            + "{\"qid\":\"ID\",\"question\":\"Why?\",\"answers\":[\"Rollo\"],"
            + "\"detected_answers\":[{\"text\":\"Rollo\",\"char_spans\":[[START,4]]}]}]}\n";
    List<String> context = List.of("context", "other");
    List<String> outcomes =
        List.of(
            "line 1: the key \"context\" of a paragraph is missing",
            "does not exist",
            "line 1: the id \"1\" occurs a second time",
            "none of its 2 questions has an answer where it says",
            IMPOSSIBLE,
            "line 1: question 1 has no text",
            ACCEPTED + "\"examples\" : 2",
            "line 1: this is not JSON in UTF-8");
    List<String> partly =
        outcomes.stream()
            .map(each -> each.startsWith("none of") ? ACCEPTED + "1 questions are left out" : each)
            .toList();
    List<String> lines =
        outcomes.stream()
            .map(each -> each.replace("line 1", "line 2"))
            .map(each -> each.replace("this is not JSON in UTF-8", "byte"))
            .toList();
    return Stream.of(
        new Format("squad", "dev-v2.0.json", second, "", context, partly),
        new Format("squadv1", "dev-v1.1.json", first, "", context, outcomes),
        new Format("squadv1", "dev-v1.1.json.gz", first, "", context, outcomes),
        new Format("newsqa", "newsqa.jsonl", mrqa, "", context, lines),
        new Format("newsqa", "newsqa.jsonl.gz", mrqa, "", context, lines));
  }

  private static Stream<Format> sentences() {
    List<String> blank = List.of(" ", "");
    List<String> tags =
        List.of(
            "line 1: found 1 column(s), wanted a word",
            "does not exist",
            IMPOSSIBLE,
            IMPOSSIBLE,
            "sentence 1 has the label \"B-unseen\", which did not occur in training",
            "line 1: found 1 column(s), wanted a word",
            ACCEPTED + "\"examples\" : 2",
            "line 1: byte");
    List<String> chunks = tags.stream().map(each -> each.replace("B-unseen", "S-unseen")).toList();
    List<String> intents =
        List.of(
            "line 2: found 1 column, wanted a word and its slot",
            "does not exist",
            IMPOSSIBLE,
            IMPOSSIBLE,
            "utterance 1 has the slot \"B-unseen\", which did not occur in training",
            "line 2: found 1 column, wanted a word and its slot",
            ACCEPTED + "\"examples\" : 2",
            "line 2: byte");
    String lines = "TEXT LABEL\n\nso O\nso O\n";
    return Stream.of(
        new Format("chunk", "chunk.txt", lines, "B-NP", blank, chunks),
        new Format("pos", "pos.conll", lines, "DT", blank, tags),
        new Format(
            "intent",
            "intent.txt",
            "# intent: ask\nTEXT LABEL\n\n# intent: tell\nso O\n",
            "B-x",
            List.of("TEXT ", ""),
            intents));
  }

  private static Stream<Format> candidates() {
    List<String> outcomes =
        List.of(
            "line 2: there is no column \"premise\"",
            "does not exist",
            IMPOSSIBLE,
            IMPOSSIBLE,
            "line 2: the label is \"9\"",
            "line 2: the candidate in column \"choice1\" is empty",
            ACCEPTED + "\"examples\" : 2",
            "line 2: byte");
    List<String> endings =
        outcomes.stream()
            .map(each -> each.replace("premise", "sent1").replace("choice1", "ending0"))
            .toList();
    List<String> lines = outcomes.stream().map(each -> each.replace("line 2", "line 1")).toList();
    return Stream.of(
        new Format(
            "swag",
            "swag.csv",
            "sent1,sent2,ending0,ending1,ending2,ending3,label\n"
                + "a,,TEXT,b,c,d,LABEL\na,,a,b,c,d,0\n",
            "2",
            List.of("sent1", "other"),
            endings),
        new Format(
            "copa",
            "copa.jsonl",
            "{\"premise\":\"a\",\"choice1\":\"TEXT\",\"choice2\":\"b\",\"question\":\"\","
                + "\"label\":\"LABEL\"}\n{\"premise\":\"a\",\"choice1\":\"b\",\"choice2\":\"c\","
                + "\"question\":\"\",\"label\":1}\n",
            "0",
            List.of("premise", "other"),
            lines),
        new Format(
            "response",
            "response.tsv",
            "LABEL\thi\tTEXT\n1\tbye\tlater\n",
            "1",
            List.of("\thi", ""),
            List.of(
                "line 1: wanted a label 0 or 1, at least one turn",
                "does not exist",
                IMPOSSIBLE,
                IMPOSSIBLE,
                "line 1: wanted a label 0 or 1",
                "line 1: a turn or the response is empty",
                ACCEPTED + "\"examples\" : 2",
                "line 1: byte")),
        new Format(
            "response",
            "response.jsonl",
            "{\"context\":\"hi\",\"candidates\":[\"TEXT\"],\"label\":LABEL}\n"
                + "{\"context\":\"bye\",\"candidates\":[\"x\"],\"label\":0}\n",
            "0",
            List.of("context", "other"),
            List.of(
                "line 1: a dialogue needs a \"context\"",
                "does not exist",
                IMPOSSIBLE,
                IMPOSSIBLE,
                "line 1: the label is 9, wanted the number of a candidate",
                "line 1: number 0 of \"candidates\" is empty",
                ACCEPTED + "\"examples\" : 2",
                "line 1: byte")));
  }
}
