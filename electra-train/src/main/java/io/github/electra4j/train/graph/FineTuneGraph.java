package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Embeddings;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GradientGraph;
import io.github.electra4j.model.graph.GraphStyle;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.train.task.LabelledBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loss and gradients of fine-tuning: the discriminator's encoder, task heads, and the sum of the
 * losses of a batch. The sum, not the mean, is the original's; with clipping at norm 1 it matters.
 */
public final class FineTuneGraph implements AutoCloseable {
  private static final String DROPOUT_SEED = "dropout_seed";
  private static final String WORDS = "electra/embeddings/word_embeddings";

  /** The rows of the word table that the batch looked up, [tokens, embedding]. */
  private static final String LOOKED_UP = Embeddings.lookupName("electra/embeddings");

  private final ElectraConfig config;
  private final List<TaskHead> heads;
  private final List<BoundHead<?>> bound = new ArrayList<>();
  private final DataType type;
  private final GradientGraph gradients;
  private final HeadVectors vectors;
  private final GraphRunner runner;

  /**
   * A graph with one head.
   *
   * @param headDropout share of the {@code [CLS]} vector dropped before a head for whole texts
   * @param weights as below
   */
  public FineTuneGraph(
      ElectraConfig config, TaskHead head, double headDropout, Map<String, INDArray> weights) {
    this(config, List.of(head), headDropout, weights);
  }

  /**
   * @param config the encoder; its dropout probabilities are used
   * @param heads each for another task; the losses of the examples of all tasks are added
   * @param headDropout share of the {@code [CLS]} vector dropped before a head for whole texts, in
   *     [0, 1)
   * @param weights arrays by name, all FLOAT, or all DOUBLE to check gradients; the graph reads
   *     these very arrays in every step
   */
  public FineTuneGraph(
      ElectraConfig config,
      List<TaskHead> heads,
      double headDropout,
      Map<String, INDArray> weights) {
    this(config, heads, headDropout, weights, GraphStyle.ofBackend());
  }

  FineTuneGraph(
      ElectraConfig config,
      List<TaskHead> heads,
      double headDropout,
      Map<String, INDArray> weights,
      GraphStyle style) {
    this.config = config;
    this.heads = List.copyOf(heads);
    this.type = weights.values().iterator().next().dataType();
    Scope root = Scope.root(weights::get, style);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), type);
    DropoutSites dropouts =
        DropoutSites.seededBy(root.sd().placeHolder(DROPOUT_SEED, DataType.INT64));
    this.vectors = HeadVectors.build(root, inputs, config, heads, dropouts);
    SDVariable loss = null;
    for (TaskHead head : heads) {
      HeadScope scope = new HeadScope(root, head.task(), vectors.last(), dropouts, headDropout);
      BoundHead<?> added = BoundHead.of(head, scope, vectors.allTokens());
      bound.add(added);
      loss = loss == null ? added.loss() : loss.add(added.loss()); // scalar
    }
    List<String> variables = new ArrayList<>(weights.keySet());
    variables.add(LOOKED_UP);
    this.gradients = GradientGraph.of(loss.rename("loss"), variables);
    List<String> wanted = new ArrayList<>(gradients.gradients().values());
    wanted.add(0, gradients.loss());
    this.runner = new GraphRunner(gradients.graph(), wanted);
  }

  /**
   * What a step computes; the arrays are valid only while the reader of {@link #step} runs.
   *
   * @param loss summed over the batch
   * @param gradients by the name of the weight, of the weight's shape
   * @param lookedUpWords gradient of the looked-up rows of the word table, [tokens, embedding]
   */
  public record Outcome(double loss, Map<String, INDArray> gradients, INDArray lookedUpWords) {

    /**
     * The arrays over which TensorFlow takes the global norm: where nothing but lookups contributes
     * to the word table, its gradient is a list of rows, in which a word that occurs twice occurs
     * twice.
     */
    public List<INDArray> normTerms() {
      List<INDArray> terms = new ArrayList<>();
      gradients.forEach(
          (name, gradient) -> terms.add(name.equals(WORDS) ? lookedUpWords : gradient));
      return terms;
    }
  }

  /**
   * Computes loss and gradients of a batch, whose examples may be of several tasks.
   *
   * @param dropoutSeed another one for every step
   * @param reader turns the outcome into what the caller needs
   */
  public <T> T step(LabelledBatch batch, long dropoutSeed, Function<Outcome, T> reader) {
    HeadBatch.requireHeads(batch, heads);
    Map<String, INDArray> feeds = new HashMap<>(vectors.feeds(batch.tokens(), config));
    bound.forEach(head -> feeds.putAll(head.inputsAndTargets(batch)));
    feeds.replaceAll((name, array) -> array.isR() ? array.castTo(type) : array);
    feeds.put(DROPOUT_SEED, Nd4j.scalar(dropoutSeed));
    return runner.run(feeds, out -> reader.apply(outcome(out)));
  }

  private Outcome outcome(Map<String, INDArray> out) {
    Map<String, INDArray> byWeight = new LinkedHashMap<>();
    gradients.gradients().forEach((weight, name) -> byWeight.put(weight, out.get(name)));
    INDArray lookedUpWords = byWeight.remove(LOOKED_UP);
    return new Outcome(out.get(gradients.loss()).getDouble(0), byWeight, lookedUpWords);
  }

  /** Bytes of native memory for intermediate results. */
  public long bufferBytes() {
    return runner.bufferBytes();
  }

  /** Frees the native buffers; the weights stay. */
  @Override
  public void close() {
    runner.close();
  }
}
