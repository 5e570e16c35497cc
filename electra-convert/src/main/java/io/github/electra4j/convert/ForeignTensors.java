package io.github.electra4j.convert;

import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says of a checkpoint that is not ELECTRA's what it is and why it does not fit. */
final class ForeignTensors {
  private static final String ELECTRA = "electra/";
  private static final String BERT = "bert/";
  private static final int MAX_GROUPS = 20;

  /** What a group of BERT's tensors is to ELECTRA. */
  private static final Map<String, String> BERT_GROUPS =
      Map.of(
          "bert/embeddings", "BERT's name for electra/embeddings",
          "bert/encoder", "BERT's name for electra/encoder",
          "bert/pooler", "a pooler, which ELECTRA does not have",
          "cls/predictions", "BERT's masked-language head; ELECTRA's is generator_predictions",
          "cls/seq_relationship",
              "the head for next-sentence prediction, which ELECTRA does not have");

  private enum Kind {
    BERT(
        "a BERT checkpoint, not an ELECTRA one",
        "To fine-tune this encoder as if it were ELECTRA's, import it with --from-bert, which renames bert/ to electra/ and leaves out the rest."),
    HUGGING_FACE(
        "an ELECTRA checkpoint under HuggingFace's names",
        "Give the folder with the weights and their config.json."),
    OTHER(
        "not an ELECTRA checkpoint",
        "Give a checkpoint that google-research/electra or this project wrote.");

    private final String what;
    private final String remedy;

    Kind(String what, String remedy) {
      this.what = what;
      this.remedy = remedy;
    }
  }

  private ForeignTensors() {}

  static boolean isBert(Collection<String> names) {
    return names.stream().noneMatch(name -> name.startsWith(ELECTRA))
        && names.stream().anyMatch(name -> name.startsWith(BERT));
  }

  /**
   * Refuses tensors none of which lies below {@code electra/}.
   *
   * @throws MalformedFileException listing what there is, in groups, and why it does not fit
   */
  static void refuse(String source, Collection<String> names) throws MalformedFileException {
    if (names.stream().anyMatch(name -> name.startsWith(ELECTRA))) {
      return;
    }
    Kind kind =
        isBert(names)
            ? Kind.BERT
            : names.stream().anyMatch(name -> name.startsWith("electra."))
                ? Kind.HUGGING_FACE
                : Kind.OTHER;
    throw MalformedFileException.saying(
        source,
        "%s is %s: none of its %d tensor(s) is below electra/. It has\n%s\nand nothing below discriminator_predictions/, the replaced-token head of ELECTRA.\n%s"
            .formatted(source, kind.what, names.size(), groups(names), kind.remedy));
  }

  private static String groups(Collection<String> names) {
    Map<String, Integer> sizes = new TreeMap<>();
    names.forEach(name -> sizes.merge(group(name), 1, Integer::sum));
    List<String> lines =
        sizes.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_GROUPS)
            .map(
                group ->
                    "  %5d %s%s"
                        .formatted(
                            group.getValue(),
                            group.getKey(),
                            BERT_GROUPS.containsKey(group.getKey())
                                ? ": " + BERT_GROUPS.get(group.getKey())
                                : ""))
            .toList();
    String more =
        sizes.size() > MAX_GROUPS
            ? "\n  and %d more group(s)".formatted(sizes.size() - MAX_GROUPS)
            : "";
    return String.join("\n", lines) + more;
  }

  /** The first two steps of a path; slots of the optimizer form a group of their own. */
  private static String group(String name) {
    if (TensorLayout.isIgnorable(name)) {
      return name.endsWith("/adam_m") || name.endsWith("/adam_v")
          ? "optimizer slots (adam_m, adam_v)"
          : name;
    }
    String[] steps = name.split("/", 3);
    return steps.length > 2 ? steps[0] + "/" + steps[1] : name;
  }
}
