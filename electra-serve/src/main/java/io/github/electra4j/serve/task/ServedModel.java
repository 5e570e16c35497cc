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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model with everything that it can be asked; the weights are in memory once. */
public final class ServedModel implements AutoCloseable {
  private final String name;
  private final LoadedModel model;
  private final Map<Ability, Endpoint<?, ?>> endpoints = new EnumMap<>(Ability.class);
  private List<String> labels = List.of();

  private ServedModel(String name, LoadedModel model) {
    this.name = name;
    this.model = model;
  }

  /**
   * A model ready to answer.
   *
   * @param name what callers see of it
   */
  public static ServedModel of(String name, LoadedModel model) throws IOException {
    ServedModel served = new ServedModel(name, model);
    served.open();
    return served;
  }

  private void open() throws IOException {
    ElectraTokenizer tokenizer = model.tokenizer();
    PairRequest pairs = new PairRequest(tokenizer);
    Checkpoint checkpoint = model.checkpoint();
    if (heads(TaskHead.Classification.class) == 1) {
      ClassifyEndpoint classify = new ClassifyEndpoint(Electra.textClassifier(model), pairs);
      labels = classify.labels();
      endpoints.put(Ability.CLASSIFY, classify);
    }
    if (heads(TaskHead.Regression.class) == 1) {
      endpoints.put(Ability.REGRESS, new RegressEndpoint(Electra.textRegressor(model), pairs));
    }
    if (heads(TaskHead.SpanAnswer.class) == 1) {
      endpoints.put(
          Ability.ANSWER, new AnswerEndpoint(Electra.questionAnswering(model), tokenizer));
    }
    if (heads(TaskHead.Tagging.class) == 1) {
      endpoints.put(Ability.TAG, new TagEndpoint(Electra.tagger(model), tokenizer));
    }
    if (heads(TaskHead.IntentAndSlots.class) == 1) {
      endpoints.put(Ability.PARSE, new ParseEndpoint(Electra.utteranceParser(model), tokenizer));
    }
    if (heads(TaskHead.PairRanking.class) == 1) {
      TaskHead head =
          checkpoint.heads().stream()
              .filter(TaskHead.PairRanking.class::isInstance)
              .findFirst()
              .orElseThrow();
      endpoints.put(
          Ability.RANK,
          new RankEndpoint(Electra.pairScorer(model, head, Optional.empty()), tokenizer));
    }
    if (checkpoint.config().discriminatorHead()) {
      endpoints.put(Ability.DETECT, new DetectEndpoint(Electra.discriminator(model), tokenizer));
    }
    endpoints.put(Ability.EMBED, new EmbedEndpoint(Electra.embedder(model), tokenizer));
    if (checkpoint.config().generator().isPresent()) {
      endpoints.put(Ability.FILL_MASK, new FillMaskEndpoint(Electra.fillMask(model), tokenizer));
    }
  }

  private long heads(Class<? extends TaskHead> kind) {
    return model.checkpoint().heads().stream().filter(kind::isInstance).count();
  }

  /** What callers see of it. */
  public String name() {
    return name;
  }

  /** What it can be asked. */
  public List<Ability> abilities() {
    return new ArrayList<>(endpoints.keySet());
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
