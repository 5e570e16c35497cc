package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Models at work on text, from a checkpoint's folder in one line each. What is returned can be used
 * by several threads at once, and closing it frees its native memory. Texts that are longer than
 * the model reads are read in windows. An example of each stands in the description of the package.
 */
public final class Electra {
  private Electra() {}

  /**
   * A model that gives labels to texts and pairs of texts.
   *
   * @param folder a checkpoint with exactly one head for classification
   * @throws io.github.electra4j.model.storage.MalformedFileException if it is none, or has no such
   *     head or vocabulary
   */
  public static TextClassifier textClassifier(Path folder) throws IOException {
    return textClassifier(LoadedModel.read(folder));
  }

  /** As {@link #textClassifier(Path)}, of a model that is in memory. */
  public static TextClassifier textClassifier(LoadedModel model) throws IOException {
    return new TextClassifier(model, model.only(TaskHead.Classification.class));
  }

  /**
   * A model that gives a number to texts and pairs of texts.
   *
   * @param folder a checkpoint with exactly one head for regression
   * @throws io.github.electra4j.model.storage.MalformedFileException as above
   */
  public static TextRegressor textRegressor(Path folder) throws IOException {
    return textRegressor(LoadedModel.read(folder));
  }

  /** As {@link #textRegressor(Path)}, of a model that is in memory. */
  public static TextRegressor textRegressor(LoadedModel model) throws IOException {
    return new TextRegressor(model, model.only(TaskHead.Regression.class));
  }

  /**
   * A model that finds answers to questions in texts.
   *
   * @param folder a checkpoint with exactly one head for question answering
   * @throws io.github.electra4j.model.storage.MalformedFileException as above
   */
  public static QuestionAnswerer questionAnswering(Path folder) throws IOException {
    return questionAnswering(LoadedModel.read(folder));
  }

  /** As {@link #questionAnswering(Path)}, of a model that is in memory. */
  public static QuestionAnswerer questionAnswering(LoadedModel model) throws IOException {
    return new QuestionAnswerer(model, model.only(TaskHead.SpanAnswer.class));
  }

  /**
   * A model that gives labels to words.
   *
   * @param folder a checkpoint with exactly one head for tagging
   * @throws io.github.electra4j.model.storage.MalformedFileException as above
   */
  public static WordTagger tagger(Path folder) throws IOException {
    return tagger(LoadedModel.read(folder));
  }

  /** As {@link #tagger(Path)}, of a model that is in memory. */
  public static WordTagger tagger(LoadedModel model) throws IOException {
    return new WordTagger(model, model.only(TaskHead.Tagging.class));
  }

  /**
   * A model that tells what utterances want, with the slots in their text.
   *
   * @param folder a checkpoint with exactly one head for intent and slots
   * @throws io.github.electra4j.model.storage.MalformedFileException as above
   */
  public static UtteranceParser utteranceParser(Path folder) throws IOException {
    return utteranceParser(LoadedModel.read(folder));
  }

  /** As {@link #utteranceParser(Path)}, of a model that is in memory. */
  public static UtteranceParser utteranceParser(LoadedModel model) throws IOException {
    return new UtteranceParser(model, model.only(TaskHead.IntentAndSlots.class));
  }

  /**
   * A model that tells which tokens of a text were replaced.
   *
   * @param folder a pre-trained checkpoint with a replaced-token head
   * @throws io.github.electra4j.model.storage.MalformedFileException if it has no such head or no
   *     vocabulary
   */
  public static ReplacementDetector discriminator(Path folder) throws IOException {
    return discriminator(LoadedModel.read(folder));
  }

  /** As {@link #discriminator(Path)}, of a model that is in memory. */
  public static ReplacementDetector discriminator(LoadedModel model) throws IOException {
    return new ReplacementDetector(model);
  }

  /**
   * A model that fills in what {@code [MASK]} stands for.
   *
   * @param folder a pre-trained checkpoint with a generator
   * @throws io.github.electra4j.model.storage.MalformedFileException if it has no generator or no
   *     vocabulary
   */
  public static MaskFiller fillMask(Path folder) throws IOException {
    return fillMask(LoadedModel.read(folder));
  }

  /** As {@link #fillMask(Path)}, of a model that is in memory. */
  public static MaskFiller fillMask(LoadedModel model) throws IOException {
    return new MaskFiller(model);
  }

  /**
   * A model that turns texts into vectors.
   *
   * @param folder any checkpoint with a vocabulary
   * @throws io.github.electra4j.model.storage.MalformedFileException if it is none
   */
  public static TextEmbedder embedder(Path folder) throws IOException {
    return embedder(LoadedModel.read(folder));
  }

  /** As {@link #embedder(Path)}, of a model that is in memory. */
  public static TextEmbedder embedder(LoadedModel model) {
    return new TextEmbedder(model);
  }

  /**
   * A model that says how well the second text of a pair fits the first.
   *
   * @param head of the model, for classification, regression or the choice among candidates
   * @param label for classification: the one that stands for a fitting pair; otherwise {@code 1},
   *     or {@code entailment} where there is no {@code 1}
   * @throws io.github.electra4j.model.storage.MalformedFileException if the head is another, or has
   *     no such label
   */
  public static PairScorer pairScorer(LoadedModel model, TaskHead head, Optional<String> label)
      throws IOException {
    return new PairScorer(model, head, label);
  }

  /**
   * The start of a fine-tuning run.
   *
   * @param folder the checkpoint to start from, pre-trained or fine-tuned for whatever task
   * @throws io.github.electra4j.model.storage.MalformedFileException if it has no vocabulary
   */
  public static FineTuning fineTune(Path folder) throws IOException {
    return fineTune(LoadedModel.read(folder));
  }

  /** As {@link #fineTune(Path)}, of a model that is in memory. */
  public static FineTuning fineTune(LoadedModel model) {
    return FineTuning.from(model);
  }
}
