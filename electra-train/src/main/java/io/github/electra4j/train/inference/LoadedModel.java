package io.github.electra4j.train.inference;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.StripAccents;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint in memory with its tokenizer. Everything that {@link Electra} makes of the same one
 * shares its weights.
 *
 * @param source where it was read from, for messages
 * @param checkpoint configuration, heads and weights
 * @param tokenizer of its vocabulary
 */
public record LoadedModel(Path source, Checkpoint checkpoint, ElectraTokenizer tokenizer) {
  /** Sequences computed at a time. */
  static final int BATCH_SIZE = 16;

  /**
   * Reads a checkpoint of this project.
   *
   * @throws MalformedFileException if it is none or has no vocabulary
   */
  public static LoadedModel read(Path folder) throws IOException {
    return of(folder, Checkpoint.read(folder));
  }

  /**
   * A checkpoint that is in memory already.
   *
   * @param folder where it came from, for messages
   * @throws MalformedFileException if it has no vocabulary, or one without the special tokens
   */
  public static LoadedModel of(Path folder, Checkpoint checkpoint) throws IOException {
    TextSettings text =
        checkpoint
            .text()
            .orElseThrow(
                () ->
                    MalformedFileException.in(
                        folder,
                        "the checkpoint has no vocabulary, so it cannot read text. Copy its vocab.txt and tokenizer_config.json into the folder."));
    return new LoadedModel(folder, checkpoint, tokenizer(text, folder.toString()));
  }

  /**
   * The tokenizer of a checkpoint's vocabulary.
   *
   * @param source names the vocabulary in messages
   * @throws MalformedFileException when the vocabulary is damaged or lacks a special token
   */
  public static ElectraTokenizer tokenizer(TextSettings text, String source) throws IOException {
    StripAccents strip =
        text.stripAccents()
            .map(always -> always ? StripAccents.ALWAYS : StripAccents.NEVER)
            .orElse(StripAccents.FOLLOW_LOWER_CASE);
    TokenizerOptions options =
        TokenizerOptions.uncased().withLowerCase(text.lowerCase()).withStripAccents(strip);
    Vocabulary vocabulary = Vocabulary.read(text.vocabulary(), source);
    try {
      for (String special : List.of("[CLS]", "[SEP]")) {
        vocabulary.requireId(special);
      }
      return ElectraTokenizer.of(vocabulary, options);
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.saying(source, e.getMessage());
    }
  }

  /**
   * The same model with one of its heads alone.
   *
   * @throws MalformedFileException if it has no head for the task
   */
  public LoadedModel withHead(String task) throws MalformedFileException {
    TaskHead head =
        checkpoint
            .head(task)
            .orElseThrow(
                () ->
                    MalformedFileException.in(
                        source,
                        "the checkpoint has no head for the task %s; its heads are for %s."
                            .formatted(
                                task, checkpoint.heads().stream().map(TaskHead::task).toList())));
    List<TaskHead> heads = List.of(head);
    Checkpoint smaller =
        new Checkpoint(
            checkpoint.config(),
            heads,
            checkpoint.weights().subset(Checkpoint.layout(checkpoint.config(), heads)),
            checkpoint.text(),
            Optional.empty());
    return new LoadedModel(source, smaller, tokenizer);
  }

  /** The most tokens that the model reads. */
  public int maxTokens() {
    return checkpoint.config().maxPositions();
  }

  /** The one head of a kind. */
  <T extends TaskHead> T only(Class<T> kind) throws MalformedFileException {
    List<T> found = checkpoint.heads().stream().filter(kind::isInstance).map(kind::cast).toList();
    if (found.size() != 1) {
      throw MalformedFileException.in(
          source,
          "the checkpoint has %d heads of the kind %s, and one is needed; its heads are %s. Choose a checkpoint that was fine-tuned for this."
              .formatted(
                  found.size(),
                  kind.getSimpleName(),
                  checkpoint.heads().stream().map(TaskHead::task).toList()));
    }
    return found.get(0);
  }
}
