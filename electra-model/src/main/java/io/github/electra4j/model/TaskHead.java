package io.github.electra4j.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The output block that fine-tuning puts on the encoder for one task. Its tensors are those of
 * {@link TensorLayout#taskHead}, below {@code task_specific/<task>/}.
 */
public sealed interface TaskHead
    permits TaskHead.Classification,
        TaskHead.Regression,
        TaskHead.Tagging,
        TaskHead.SpanAnswer,
        TaskHead.PairRanking,
        TaskHead.IntentAndSlots {

  /**
   * The task's name as it stands in tensor names: letters, digits, {@code _} and {@code -}, e.g.
   * {@code sst}.
   */
  String task();

  /**
   * Numbers computed for each thing that the head decides about: one per label, 1 for a regression
   * or the score of a candidate, 2 for start and end of an answer.
   */
  int outputs();

  /**
   * Whether the head reads the vectors of all tokens. If not, it reads those of {@code [CLS]}
   * alone, and the last layer need not compute the others.
   */
  boolean readsAllTokens();

  /** Answers with the case that fits this head; a new kind of head is a new case to be handled. */
  <T> T match(Cases<T> cases);

  /**
   * What to do with each kind of head.
   *
   * @param <T> type of the answer
   */
  interface Cases<T> {
    /** The answer for a classification. */
    T classification(Classification head);

    /** The answer for a regression. */
    T regression(Regression head);

    /** The answer for a tagger. */
    T tagging(Tagging head);

    /** The answer for question answering. */
    T spanAnswer(SpanAnswer head);

    /** The answer for a choice among candidates. */
    T pairRanking(PairRanking head);

    /** The answer for intent and slots. */
    T intentAndSlots(IntentAndSlots head);
  }

  /**
   * One of several labels per example or pair, from the {@code [CLS]} vector.
   *
   * @param task name of the task
   * @param labels names of the labels, unique, at least two; output {@code i} scores label {@code
   *     i}
   * @param layers how many there are
   */
  record Classification(String task, List<String> labels, HeadLayers layers) implements TaskHead {
    /** Copies and checks the labels. */
    public Classification {
      requireName(task);
      labels = uniqueLabels(task, labels, 2);
      Objects.requireNonNull(layers, "layers");
    }

    /** The original's head, of one layer. */
    public Classification(String task, List<String> labels) {
      this(task, labels, HeadLayers.ONE);
    }

    @Override
    public int outputs() {
      return labels.size();
    }

    @Override
    public boolean readsAllTokens() {
      return false;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.classification(this);
    }
  }

  /**
   * One real number per example or pair, from the {@code [CLS]} vector.
   *
   * <p>The network is trained on {@code (label - minimum) / maximum}, as in
   * google-research/electra, which divides by the maximum and not by the range.
   *
   * @param task name of the task
   * @param minimum smallest label of the data, e.g. 0
   * @param maximum largest label of the data, above {@code minimum} and above 0, e.g. 5
   * @param layers how many there are
   */
  record Regression(String task, double minimum, double maximum, HeadLayers layers)
      implements TaskHead {
    /** Checks the range. */
    public Regression {
      requireName(task);
      Objects.requireNonNull(layers, "layers");
      if (!(Double.isFinite(minimum) && Double.isFinite(maximum))
          || minimum >= maximum
          || maximum <= 0) {
        throw new IllegalArgumentException(
            "Task %s has labels from %s to %s; the maximum must be above the minimum and above 0"
                .formatted(task, minimum, maximum));
      }
    }

    /** The original's head, of one layer. */
    public Regression(String task, double minimum, double maximum) {
      this(task, minimum, maximum, HeadLayers.ONE);
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public boolean readsAllTokens() {
      return false;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.regression(this);
    }

    /** What the network shall compute for a label. Example: 2.5 of 0 to 5 gives 0.5. */
    public double target(double label) {
      return (label - minimum) / maximum;
    }

    /** The label that a computed number stands for; the inverse of {@link #target}. */
    public double label(double target) {
      return target * maximum + minimum;
    }
  }

  /**
   * One of several labels per word of a sentence, from the vector of the word's first token.
   *
   * @param task name of the task
   * @param labels names of the labels, unique, at least one, e.g. {@code B-NP}
   */
  record Tagging(String task, List<String> labels) implements TaskHead {
    /** Copies and checks the labels. */
    public Tagging {
      requireName(task);
      labels = uniqueLabels(task, labels, 1);
    }

    @Override
    public int outputs() {
      return labels.size();
    }

    @Override
    public boolean readsAllTokens() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.tagging(this);
    }
  }

  /**
   * The answer to a question as a span of a text.
   *
   * @param task name of the task
   * @param nullAnswers whether some questions have no answer in the text, as in SQuAD 2.0
   * @param settings the choices; the layers of the head follow from them
   */
  record SpanAnswer(String task, boolean nullAnswers, SpanSettings settings) implements TaskHead {
    /** Checks the name. */
    public SpanAnswer {
      requireName(task);
      Objects.requireNonNull(settings, "settings");
    }

    @Override
    public int outputs() {
      return 2;
    }

    @Override
    public boolean readsAllTokens() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.spanAnswer(this);
    }
  }

  /**
   * The best of several candidates: every pair of text and candidate gets a score from its {@code
   * [CLS]} vector, and the softmax goes over the candidates of a text. Multiple choice and the
   * selection of a dialogue's next turn are of this kind.
   *
   * @param task name of the task
   * @param layers how many there are
   */
  record PairRanking(String task, HeadLayers layers) implements TaskHead {
    /** Checks the name. */
    public PairRanking {
      requireName(task);
      Objects.requireNonNull(layers, "layers");
    }

    /** A head of one layer. */
    public PairRanking(String task) {
      this(task, HeadLayers.ONE);
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public boolean readsAllTokens() {
      return false;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.pairRanking(this);
    }
  }

  /**
   * What an utterance wants, from its {@code [CLS]} vector, and a label for each of its words.
   *
   * @param task name of the task
   * @param intents names of the intents, unique, at least two
   * @param slots names of the words' labels, unique, at least one, e.g. {@code B-fromloc}
   */
  record IntentAndSlots(String task, List<String> intents, List<String> slots) implements TaskHead {
    /** Copies and checks the labels. */
    public IntentAndSlots {
      requireName(task);
      intents = uniqueLabels(task, intents, 2);
      slots = uniqueLabels(task, slots, 1);
    }

    @Override
    public int outputs() {
      return intents.size() + slots.size();
    }

    @Override
    public boolean readsAllTokens() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.intentAndSlots(this);
    }
  }

  private static List<String> uniqueLabels(String task, List<String> labels, int fewest) {
    if (labels.size() < fewest) {
      throw new IllegalArgumentException(
          "Task %s has the labels %s; it needs at least %s"
              .formatted(task, labels, fewest == 1 ? "one" : "two"));
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw new IllegalArgumentException(
            "Task %s has the label \"%s\" twice; every label must be unique"
                .formatted(task, label));
      }
    }
    return List.copyOf(labels);
  }

  private static void requireName(String task) {
    Objects.requireNonNull(task, "task");
    if (!task.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "The task name \"%s\" cannot be part of a tensor's name; use letters, digits, _ and -"
              .formatted(task));
    }
  }
}
