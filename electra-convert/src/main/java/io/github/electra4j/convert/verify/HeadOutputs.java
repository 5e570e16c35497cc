package io.github.electra4j.convert.verify;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.model.graph.GeneratorHead;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.model.graph.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the heads on a checkpoint's encoder compute: the vocabulary head and every fine-tuned one.
 * Ends of answers that depend on a start are those of an answer that starts at the first token.
 */
final class HeadOutputs implements TaskHead.Cases<Void> {
  private static final String VECTORS = "vectors";
  private static final String FIRST = "first_rows";
  private static final String STARTS = "start_rows";
  private static final String PENALTIES = "penalties";
  private static final float PENALTY = -1000;

  private final Checkpoint checkpoint;
  private final TokenBatch batch;
  private final int width;
  private final Scope root;
  private final SDVariable vectors; // [tokens, hidden]
  private final SDVariable first; // [batch, hidden]
  private final List<Wanted> wanted = new ArrayList<>();

  private HeadOutputs(Checkpoint checkpoint, TokenBatch batch) {
    this.checkpoint = checkpoint;
    this.batch = batch;
    this.width = checkpoint.config().encoder().hiddenSize();
    this.root = Scope.root(checkpoint.weights()::get);
    this.vectors = root.sd().placeHolder(VECTORS, DataType.FLOAT, -1, width);
    this.first = RowSelection.build("first", vectors, RowSelection.placeholder(root.sd(), FIRST));
  }

  private record Wanted(String name, SDVariable variable, boolean perToken) {}

  /**
   * One output of a head.
   *
   * @param array [batch, seq, outputs], or [batch, outputs] of a head that decides about texts
   * @param perToken whether it has the axis {@code seq}
   */
  record Output(INDArray array, boolean perToken) {}

  /**
   * The outputs by name, in the order of the heads.
   *
   * @param hidden of the last layer, [batch, seq, hidden]
   */
  static Map<String, Output> of(Checkpoint checkpoint, TokenBatch batch, INDArray hidden) {
    return new HeadOutputs(checkpoint, batch).run(hidden);
  }

  private Map<String, Output> run(INDArray hidden) {
    checkpoint.config().vocabularyHead().ifPresent(this::vocabulary);
    checkpoint.heads().forEach(head -> head.match(this));
    if (wanted.isEmpty()) {
      return Map.of();
    }
    List<String> names = wanted.stream().map(each -> each.variable().name()).toList();
    try (GraphRunner runner = new GraphRunner(root.sd(), names)) {
      return runner.run(feeds(hidden), this::read);
    }
  }

  private Map<String, INDArray> feeds(INDArray hidden) {
    int[] firsts = RowSelection.firstTokens(batch.batch(), batch.seq());
    int[] starts = new int[batch.batch() * batch.seq()];
    float[][] penalties = new float[batch.batch()][batch.seq()];
    for (int token = 0; token < starts.length; token++) {
      int row = token / batch.seq();
      int column = token % batch.seq();
      starts[token] = firsts[row];
      penalties[row][column] = batch.attentionMask()[row][column] == 1 ? 0 : PENALTY;
    }
    return Map.of(
        VECTORS,
        hidden.reshape(-1, width),
        FIRST,
        Nd4j.createFromArray(firsts),
        STARTS,
        Nd4j.createFromArray(starts),
        PENALTIES,
        Nd4j.createFromArray(penalties));
  }

  private Map<String, Output> read(Map<String, INDArray> arrays) {
    Map<String, Output> outputs = new LinkedHashMap<>();
    for (Wanted each : wanted) {
      INDArray flat = arrays.get(each.variable().name()).dup('c');
      INDArray array = each.perToken() ? flat.reshape(batch.batch(), batch.seq(), -1) : flat;
      outputs.put(each.name(), new Output(array, each.perToken()));
    }
    return outputs;
  }

  private void vocabulary(VocabularyHead kind) {
    Scope head = root.at("encoder_predictions");
    SDVariable table = Network.discriminator(checkpoint.config()).wordEmbeddings(root);
    tokens("encoder vocabulary logits", GeneratorHead.build(head, vectors, table));
    if (kind == VocabularyHead.COPYING) {
      tokens("encoder copy logits", Dense.build(head.at("copy"), vectors));
    }
  }

  @Override
  public Void classification(TaskHead.Classification head) {
    return text(head, head.layers());
  }

  @Override
  public Void regression(TaskHead.Regression head) {
    return text(head, head.layers());
  }

  @Override
  public Void pairRanking(TaskHead.PairRanking head) {
    return text(head, head.layers());
  }

  private Void text(TaskHead head, HeadLayers layers) {
    Scope scope = scope(head);
    SDVariable last = layers == HeadLayers.TWO ? Dense.withGelu(scope.at("hidden"), first) : first;
    return texts(head.task() + " logits", Dense.build(scope.at("dense"), last));
  }

  @Override
  public Void tagging(TaskHead.Tagging head) {
    return tokens(head.task() + " logits", Dense.build(scope(head).at("dense"), vectors));
  }

  @Override
  public Void intentAndSlots(TaskHead.IntentAndSlots head) {
    texts(head.task() + " intent logits", Dense.build(scope(head).at("dense"), first));
    return tokens(head.task() + " slot logits", Dense.build(scope(head).at("dense_1"), vectors));
  }

  @Override
  public Void spanAnswer(TaskHead.SpanAnswer head) {
    Scope scope = scope(head);
    SDVariable starts = Dense.build(scope.at("dense"), vectors); // [tokens, 1]
    tokens(head.task() + " start logits", starts);
    SDVariable ends = head.settings().jointPrediction() ? endsOfFirst(head) : vectors;
    tokens(head.task() + " end logits", Dense.build(scope.at("dense_1"), ends));
    Evidence evidence = head.settings().answerability().evidence();
    if (evidence != Evidence.NONE) {
      SDVariable unanswerable =
          evidence == Evidence.FIRST_TOKEN
              ? Dense.build(scope.at("dense_2"), first)
              : byStarts(scope, starts); // [batch, 1]
      texts(head.task() + " unanswerable logits", unanswerable);
    }
    return null;
  }

  private SDVariable endsOfFirst(TaskHead head) {
    SDVariable rows =
        root.sd().hasVariable(STARTS)
            ? root.sd().getVariable(STARTS)
            : RowSelection.placeholder(root.sd(), STARTS);
    SDVariable starts = RowSelection.build(head.task() + "/starts", vectors, rows);
    SDVariable both = root.sd().concat(1, starts, vectors); // [tokens, 2·hidden]
    return Dense.withGelu(scope(head).at("qa_hidden"), both); // [tokens, qa hidden]
  }

  private SDVariable byStarts(Scope scope, SDVariable starts) {
    SDVariable penalties =
        root.sd().hasVariable(PENALTIES)
            ? root.sd().getVariable(PENALTIES)
            : root.sd().placeHolder(PENALTIES, DataType.FLOAT, batch.batch(), batch.seq());
    SDVariable logits = starts.reshape(batch.batch(), batch.seq()).add(penalties);
    SDVariable weights = root.sd().nn().softmax(logits, 1).reshape(batch.batch(), 1, batch.seq());
    SDVariable cube = vectors.reshape(batch.batch(), batch.seq(), width);
    SDVariable mean = root.sd().mmul(weights, cube).reshape(batch.batch(), width);
    SDVariable evidence = root.sd().concat(1, first, mean); // [batch, 2·hidden]
    SDVariable deep = Dense.withGelu(scope.at("dense_2"), evidence);
    return Dense.build(scope.at("dense_3"), deep); // [batch, 1]
  }

  private Scope scope(TaskHead head) {
    return root.at("task_specific").at(head.task());
  }

  private Void tokens(String name, SDVariable variable) {
    wanted.add(new Wanted(name, variable, true));
    return null;
  }

  private Void texts(String name, SDVariable variable) {
    wanted.add(new Wanted(name, variable, false));
    return null;
  }
}
