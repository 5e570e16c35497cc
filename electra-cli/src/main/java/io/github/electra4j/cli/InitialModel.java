package io.github.electra4j.cli;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import io.github.electra4j.train.pretrain.StartingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The model of {@code --init}, from which a pre-training run starts.
 *
 * @param path as the user gave it
 * @param checkpoint the model as it was read, with the moments if it has any
 */
record InitialModel(Path path, Checkpoint checkpoint) {
  private static final String WORDS = "electra/embeddings/word_embeddings";

  /**
   * Reads it.
   *
   * @param keepStep whether the run goes on from its step
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
    return new InitialModel(path, checkpoint);
  }

  /** Its architecture. */
  ElectraConfig config() {
    return checkpoint.config();
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
    return start;
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
