package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model with everything that it can be asked; the weights are in memory once. Of each kind it
 * uses one head; where it has several, it must be told which, with {@link LoadedModel#withHead}.
 */
public final class ServedModel implements AutoCloseable {
  private final String name;
  private final LoadedModel model;
  private final Optional<String> fit;
  private final Map<Ability, Endpoint<?, ?>> endpoints = new EnumMap<>(Ability.class);
  private final Map<Ability, List<String>> undecided = new EnumMap<>(Ability.class);
  private List<String> labels = List.of();
  private Optional<String> rankScores = Optional.empty();

  private ServedModel(String name, LoadedModel model, Optional<String> fit) {
    this.name = name;
    this.model = model;
    this.fit = fit;
  }

  /** As {@link #of(String, LoadedModel, Optional)}, with the usual label. */
  public static ServedModel of(String name, LoadedModel model) throws IOException {
    return of(name, model, Optional.empty());
  }

  /**
   * A model ready to answer.
   *
   * @param name what callers see of it
   * @param fit for ranking by a classification: the label that stands for a fitting pair; otherwise
   *     {@code entailment}, if the head has it
   */
  public static ServedModel of(String name, LoadedModel model, Optional<String> fit)
      throws IOException {
    ServedModel served = new ServedModel(name, model, fit);
    served.open();
    return served;
  }

  private void open() throws IOException {
    ElectraTokenizer tokenizer = model.tokenizer();
    PairRequest pairs = new PairRequest(tokenizer);
    if (hasOne(Ability.CLASSIFY, TaskHead.Classification.class)) {
      ClassifyEndpoint classify = new ClassifyEndpoint(Electra.textClassifier(model), pairs);
      labels = classify.labels();
      endpoints.put(Ability.CLASSIFY, classify);
    }
    if (hasOne(Ability.REGRESS, TaskHead.Regression.class)) {
      endpoints.put(Ability.REGRESS, new RegressEndpoint(Electra.textRegressor(model), pairs));
    }
    if (hasOne(Ability.ANSWER, TaskHead.SpanAnswer.class)) {
      endpoints.put(
          Ability.ANSWER, new AnswerEndpoint(Electra.questionAnswering(model), tokenizer));
    }
    if (hasOne(Ability.TAG, TaskHead.Tagging.class)) {
      endpoints.put(Ability.TAG, new TagEndpoint(Electra.tagger(model), tokenizer));
    }
    if (hasOne(Ability.PARSE, TaskHead.IntentAndSlots.class)) {
      endpoints.put(Ability.PARSE, new ParseEndpoint(Electra.utteranceParser(model), tokenizer));
    }
    openRanking(tokenizer);
    Checkpoint checkpoint = model.checkpoint();
    if (checkpoint.config().discriminatorHead()) {
      endpoints.put(Ability.DETECT, new DetectEndpoint(Electra.discriminator(model), tokenizer));
    }
    endpoints.put(Ability.EMBED, new EmbedEndpoint(Electra.embedder(model), tokenizer));
    if (checkpoint.config().generator().isPresent()) {
      endpoints.put(Ability.FILL_MASK, new FillMaskEndpoint(Electra.fillMask(model), tokenizer));
    }
  }

  private void openRanking(ElectraTokenizer tokenizer) throws IOException {
    List<TaskHead> able = RankingHeads.of(model.checkpoint().heads(), fit);
    if (isOne(Ability.RANK, able)) {
      TaskHead head = able.get(0);
      rankScores = Optional.of(RankingHeads.scores(head));
      endpoints.put(
          Ability.RANK,
          new RankEndpoint(
              Electra.pairScorer(model, head, RankingHeads.label(head, fit)), tokenizer));
    }
  }

  private boolean hasOne(Ability ability, Class<? extends TaskHead> kind) {
    return isOne(ability, model.checkpoint().heads().stream().filter(kind::isInstance).toList());
  }

  /** Whether an ability has its head; remembers which there are if one would have to be chosen. */
  private boolean isOne(Ability ability, List<? extends TaskHead> able) {
    if (able.size() > 1) {
      undecided.put(ability, able.stream().map(TaskHead::task).toList());
    }
    return able.size() == 1;
  }

  /** What callers see of it. */
  public String name() {
    return name;
  }

  /** What it can be asked. */
  public List<Ability> abilities() {
    return new ArrayList<>(endpoints.keySet());
  }

  /** What it cannot be asked because it has several heads for it: their tasks. */
  public Map<Ability, List<String>> undecided() {
    return Collections.unmodifiableMap(undecided);
  }

  /** How it is asked, if it can be. */
  public Optional<Endpoint<?, ?>> endpoint(Ability ability) {
    return Optional.ofNullable(endpoints.get(ability));
  }

  /** What a caller may want to know. */
  public ObjectNode describe(RequestLimits limits) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", name);
    ArrayNode can = node.putArray("can");
    abilities().forEach(ability -> can.add(ability.word()));
    ArrayNode names = node.putArray("labels");
    labels.forEach(names::add);
    ArrayNode tasks = node.putArray("tasks");
    model.checkpoint().heads().forEach(head -> tasks.add(head.task()));
    rankScores.ifPresent(kind -> node.put("rank_scores", kind));
    node.put("max_tokens", model.maxTokens());
    node.put("vector_size", model.checkpoint().config().encoder().hiddenSize());
    node.putObject("limits")
        .put("body_bytes", limits.bodyBytes())
        .put("texts", limits.texts())
        .put("tokens", limits.tokens())
        .put("timeout_ms", limits.timeout().toMillis());
    return node;
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    endpoints.values().forEach(Endpoint::close);
  }
}
