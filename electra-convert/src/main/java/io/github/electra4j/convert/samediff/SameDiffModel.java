package io.github.electra4j.convert.samediff;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.model.graph.DiscriminatorHead;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GeneratorHead;
import io.github.electra4j.model.graph.GraphStyle;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * All networks and heads of a checkpoint as one graph of SameDiff's own operations, whose variables
 * carry the checkpoint's names.
 */
final class SameDiffModel {
  private static final double EPSILON = 1e-12;

  private final Checkpoint checkpoint;
  private final Scope root;
  private final EncoderInputs inputs;
  private final AttentionPattern.Padded pattern;
  private final List<String> outputs = new ArrayList<>();

  private SameDiffModel(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.root = Scope.root(checkpoint.weights()::get, GraphStyle.PORTABLE);
    this.inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    this.pattern = AttentionPattern.bidirectional(inputs);
  }

  /**
   * A graph and the names of its results.
   *
   * @param graph placeholders are those of {@link EncoderInputs}
   * @param outputs names of the variables to ask for
   */
  record Built(SameDiff graph, List<String> outputs) {}

  static Built build(Checkpoint checkpoint) {
    return new SameDiffModel(checkpoint).build();
  }

  private Built build() {
    Network discriminator = Network.discriminator(checkpoint.config());
    SDVariable hidden = named("electra", "last_hidden_state", encode(discriminator));
    if (checkpoint.config().discriminatorHead()) {
      SDVariable logits = DiscriminatorHead.build(root, hidden); // [tokens, 1]
      named("discriminator_predictions", "logits", logits);
    }
    checkpoint.config().generator().ifPresent(generator -> generator(generator, hidden));
    checkpoint
        .config()
        .vocabularyHead()
        .ifPresent(head -> vocabularyHead(head, hidden, discriminator.wordEmbeddings(root)));
    checkpoint.heads().forEach(head -> head(head, hidden));
    checkpoint.weights().names().forEach(this::keep);
    return new Built(root.sd(), List.copyOf(outputs));
  }

  /** Weights that no result needs are variables all the same, so that the file has them all. */
  private void keep(String name) {
    if (!root.sd().hasVariable(name)) {
      root.sd().var(name, checkpoint.weights().get(name));
    }
  }

  private void generator(GeneratorConfig config, SDVariable discriminator) {
    Network network = Network.generator(checkpoint.config(), config);
    SDVariable hidden =
        config.kind() == GeneratorConfig.Kind.SHARED
            ? discriminator
            : named("generator", "last_hidden_state", encode(network));
    Scope head = root.at("generator_predictions");
    SDVariable logits = GeneratorHead.build(head, hidden, network.wordEmbeddings(root));
    named("generator_predictions", "logits", logits); // [tokens, vocab]
  }

  private void vocabularyHead(VocabularyHead kind, SDVariable hidden, SDVariable table) {
    String path = "encoder_predictions";
    Scope head = root.at(path);
    named(path, "logits", GeneratorHead.build(head, hidden, table)); // [tokens, vocab]
    if (kind == VocabularyHead.COPYING) {
      named(path, "copy_logits", Dense.build(head.at("copy"), hidden)); // [tokens, 1]
    }
  }

  /** {@code -> [tokens, hidden]}. */
  private SDVariable encode(Network network) {
    Scope scope = root.at(network.embeddingsPath());
    SDVariable embeddings = normalised(scope.at("LayerNorm"), sum(scope)); // [tokens, embedding]
    return new Encoder(network.encoder())
        .build(
            root.at(network.path()),
            embeddings,
            network.embeddingSize(),
            pattern,
            DropoutSites.none())
        .last();
  }

  private SDVariable sum(Scope scope) {
    SDVariable words = rows(scope, "word_embeddings", inputs.inputIds());
    SDVariable types = rows(scope, "token_type_embeddings", inputs.tokenTypeIds());
    SDVariable positions = rows(scope, "position_embeddings", inputs.positionIds());
    return words.add(types).add(positions); // [tokens, embedding]
  }

  private static SDVariable rows(Scope scope, String table, SDVariable ids) {
    return scope.sd().gather(scope.weight(table), ids, 0);
  }

  private static SDVariable normalised(Scope scope, SDVariable input) {
    SDVariable centred = input.sub(input.mean(true, 1)); // [tokens, width]
    SDVariable variance = centred.mul(centred).mean(true, 1); // [tokens, 1]
    SDVariable deviation = scope.sd().math().sqrt(variance.add(EPSILON)); // [tokens, 1]
    return centred.div(deviation).mul(scope.weight("gamma")).add(scope.weight("beta"));
  }

  private void head(TaskHead head, SDVariable hidden) {
    String path = "task_specific/" + head.task();
    SDVariable rows = head.readsAllTokens() ? hidden : first(hidden);
    if (head instanceof TaskHead.IntentAndSlots) {
      named(path, "intent_logits", Dense.build(root.at(path).at("dense"), first(hidden)));
      named(path, "slot_logits", Dense.build(root.at(path).at("dense_1"), hidden));
    } else if (head instanceof TaskHead.SpanAnswer span) {
      named(path, "start_logits", Dense.build(root.at(path).at("dense"), rows)); // [tokens, 1]
      if (!span.settings().jointPrediction()) {
        named(path, "end_logits", Dense.build(root.at(path).at("dense_1"), rows)); // [tokens, 1]
      }
    } else {
      String deep = path + "/hidden/kernel";
      SDVariable last =
          checkpoint.weights().names().contains(deep)
              ? Dense.withGelu(root.at(path).at("hidden"), rows)
              : rows; // [rows, hidden]
      named(path, "logits", Dense.build(root.at(path).at("dense"), last)); // [rows, outputs]
    }
  }

  /** {@code [tokens, hidden] -> [batch, hidden]}: the vectors of {@code [CLS]}. */
  private SDVariable first(SDVariable hidden) {
    SameDiff sd = root.sd();
    int width = checkpoint.config().encoder().hiddenSize();
    SDVariable shape =
        sd.concat(
            0,
            pattern.shape(),
            sd.constant(org.nd4j.linalg.factory.Nd4j.createFromArray((long) width)));
    SDVariable cube = sd.reshape(hidden, shape); // [batch, seq, hidden]
    return sd.gather(cube, new int[] {0}, 1).reshape(-1, width); // [batch, hidden]
  }

  private SDVariable named(String path, String leaf, SDVariable variable) {
    SDVariable result = root.at(path).named(leaf, variable.getSameDiff().identity(variable));
    outputs.add(result.name());
    return result;
  }
}
