package io.github.electra4j.cli;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.pretrain.PretrainConfig;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import io.github.electra4j.train.pretrain.StartingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The model of {@code --init}, from which a pre-training run starts.
 *
 * @param path as the user gave it
 * @param checkpoint the model as it was read, with the moments if it has any
 * @param keepStep whether the run goes on from its step
 */
record InitialModel(Path path, Checkpoint checkpoint, boolean keepStep) {
  private static final String WORDS = "electra/embeddings/word_embeddings";

  /** Most tensors that a message names. */
  private static final int NAMED = 3;

  /**
   * Reads it.
   *
   * @throws MalformedFileException when it has fewer embeddings than there are pieces, or no step
   *     to go on from
   */
  static InitialModel read(Path path, ExampleTexts texts, boolean keepStep, Console console)
      throws IOException {
    Checkpoint checkpoint = ModelSource.readWithOptimizer(path, console);
    if (keepStep && checkpoint.optimizer().isEmpty()) {
      throw MalformedFileException.in(
          path, "it has no state of an optimizer to go on from. Leave --keep-step out.");
    }
    int rows = checkpoint.config().vocabSize();
    if (texts.text().pieces() > rows) {
      throw MalformedFileException.in(
          path,
          "it has embeddings of %d pieces, but the vocabulary of %s has %d. Prepare the examples with the model's vocabulary."
              .formatted(rows, texts.source(), texts.text().pieces()));
    }
    return new InitialModel(path, checkpoint, keepStep);
  }

  /** Its architecture. */
  ElectraConfig config() {
    return checkpoint.config();
  }

  /**
   * Whether it has learnt without a generator. Only a state with moments tells: a discriminator
   * alone, as many are published, had one.
   */
  boolean drawsUniformly() {
    ElectraConfig config = config();
    boolean judges = config.discriminatorHead() || config.vocabularyHead().isPresent();
    return judges && config.generator().isEmpty() && checkpoint.optimizer().isPresent();
  }

  /** Updates that count as made when the run starts. */
  long step() {
    return keepStep ? checkpoint.optimizer().orElseThrow().globalStep() : 0;
  }

  /** Where in the schedule the run goes on, if it keeps the step. */
  Optional<String> rate(PretrainConfig learning) {
    return Optional.of(learning)
        .filter(of -> keepStep)
        .map(
            of ->
                String.format(
                    Locale.ROOT,
                    "With --keep-step the run begins after step %,d of %,d, where the learning rate"
                        + " is %.3g; its peak is %.3g.",
                    step(),
                    of.totalSteps(),
                    of.schedule().at(step()),
                    of.learningRate()));
  }

  /** The weights to start from, which read text as the examples were read; says what they are. */
  StartingPoint start(PretrainRecipe recipe, ExampleTexts texts, Console console) {
    Checkpoint reading = checkpoint.withText(texts.text());
    StartingPoint start =
        WrongUsageException.unlessUsable(
            () -> StartingPoint.from(reading, recipe.model(), recipe.learning().seed()));
    if (start.taken().contains(WORDS)) {
      unlike(texts).ifPresent(console::say);
    }
    console.say("Starting weights: " + start.summary());
    start.details().forEach(line -> console.say("  " + line));
    if (keepStep) {
      requireWhole(start);
    }
    return start;
  }

  /** New tensors have no part in the steps that are kept. */
  private void requireWhole(StartingPoint start) {
    if (!start.fresh().isEmpty()) {
      throw new WrongUsageException(
          "%s lacks %d of the tensors to train, e.g. %s, so there is no run of them to go on with. Leave --keep-step out."
              .formatted(
                  path,
                  start.fresh().size(),
                  String.join(", ", start.fresh().stream().limit(NAMED).toList())));
    }
  }

  /** How far the two vocabularies differ, if both are known and do. */
  private Optional<String> unlike(ExampleTexts texts) {
    return checkpoint
        .text()
        .filter(own -> texts.piecesUnlike(own) > 0)
        .map(
            own ->
                "The vocabulary of %s differs in %,d of %,d pieces; their embeddings are taken as they are."
                    .formatted(
                        path,
                        texts.piecesUnlike(own),
                        Math.max(own.pieces(), texts.text().pieces())));
  }
}
