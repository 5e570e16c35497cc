package io.github.electra4j.train.inference;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.FineTuner;
import io.github.electra4j.train.TrainListener;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.QuestionFeaturizer;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.IntentExample;
import io.github.electra4j.train.task.IntentFeaturizer;
import io.github.electra4j.train.task.RankingExample;
import io.github.electra4j.train.task.RankingFeaturizer;
import io.github.electra4j.train.task.TagFeaturizer;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Fine-tuning in a few words. Immutable: every method answers with a new value.
 *
 * <pre>{@code
 * Checkpoint tuned =
 *     Electra.fineTune(Path.of("models/small"))
 *         .with(config -> config.withEpochs(2).withBatchSize(16))
 *         .onTexts(new TaskHead.Classification("mood", List.of("bad", "good")), examples);
 * tuned.write(Path.of("models/mood"), false);
 * }</pre>
 */
public final class FineTuning {
  private final Checkpoint start;
  private final ElectraTokenizer tokenizer;
  private final FineTuneConfig config;
  private final TrainListener listener;

  private FineTuning(
      Checkpoint start, ElectraTokenizer tokenizer, FineTuneConfig config, TrainListener listener) {
    this.start = start;
    this.tokenizer = tokenizer;
    this.config = config;
    this.listener = listener;
  }

  static FineTuning from(LoadedModel model) {
    FineTuneConfig defaults = FineTuneConfig.defaultsFor(model.checkpoint().config());
    int longest = Math.min(defaults.maxSeqLength(), model.maxTokens());
    return new FineTuning(
        model.checkpoint(),
        model.tokenizer(),
        defaults.withMaxSeqLength(longest),
        TrainListener.none());
  }

  /** With other choices; at first they are the original's defaults for the model. */
  public FineTuning with(UnaryOperator<FineTuneConfig> change) {
    return new FineTuning(start, tokenizer, change.apply(config), listener);
  }

  /** With somebody who is told how it is going. */
  public FineTuning listening(TrainListener other) {
    return new FineTuning(start, tokenizer, config, other);
  }

  /** Learns to classify or to score texts. */
  public Checkpoint onTexts(TaskHead head, List<TextExample> examples) throws IOException {
    return run(head, new Featurizer(tokenizer, head, config.maxSeqLength()).examples(examples));
  }

  /** Learns to label words. */
  public Checkpoint onSentences(TaskHead.Tagging head, List<TaggedSentence> sentences)
      throws IOException {
    return run(head, TagFeaturizer.of(tokenizer, head, config.maxSeqLength()).examples(sentences));
  }

  /** Learns to answer questions; those whose answer is not in the text are left out. */
  public Checkpoint onQuestions(TaskHead.SpanAnswer head, List<Question> questions)
      throws IOException {
    QuestionFeaturizer featurizer = new QuestionFeaturizer(tokenizer, head, config.maxSeqLength());
    return run(head, featurizer.trainingExamples(questions));
  }

  /** Learns to choose among candidates. */
  public Checkpoint onRankings(TaskHead.PairRanking head, List<RankingExample> examples)
      throws IOException {
    return run(
        head, new RankingFeaturizer(tokenizer, head, config.maxSeqLength()).examples(examples));
  }

  /** Learns what utterances want, and the slots of their words. */
  public Checkpoint onUtterances(TaskHead.IntentAndSlots head, List<IntentExample> utterances)
      throws IOException {
    return run(
        head, new IntentFeaturizer(tokenizer, head, config.maxSeqLength()).examples(utterances));
  }

  private Checkpoint run(TaskHead head, List<TaskExample> examples) throws IOException {
    return FineTuner.of(start, head, config).run(examples, listener).checkpoint();
  }
}
