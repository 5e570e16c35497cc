package io.github.electra4j.train.inference;

import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which tokens of a text were replaced. Made by {@link Electra#discriminator}. */
public final class ReplacementDetector implements AutoCloseable {
  private static final String CONTINUATION = "##";

  private final TextWindows windows;
  private final Discriminator discriminator;

  ReplacementDetector(LoadedModel loaded) throws MalformedFileException {
    if (!loaded.checkpoint().config().discriminatorHead()) {
      throw MalformedFileException.in(
          loaded.source(),
          "the checkpoint has no replaced-token head; a fine-tuned one has lost it. Use a pre-trained checkpoint.");
    }
    this.windows = new TextWindows(loaded.tokenizer(), loaded.maxTokens());
    this.discriminator =
        Discriminator.of(loaded.checkpoint().config(), loaded.checkpoint().weights());
  }

  /**
   * A token of the text.
   *
   * @param piece as the vocabulary writes it
   * @param start UTF-16 offset in the text
   * @param end UTF-16 offset behind the token
   * @param replaced probability that another token stood here, in [0, 1]
   */
  public record Token(String piece, int start, int end, double replaced) {}

  /**
   * A word of the text: a whole word or a punctuation mark.
   *
   * @param text as it stands in the text
   * @param start UTF-16 offset in the text
   * @param end UTF-16 offset behind the word
   * @param replaced the highest probability of its tokens, in [0, 1]
   */
  public record Word(String text, int start, int end, double replaced) {}

  private record Window(int text, int index, Encoding tokens) {}

  /** All tokens of a text, in order; each is judged where most of the text stands around it. */
  public List<Token> detect(String text) {
    return detect(List.of(text)).get(0);
  }

  /** The tokens of many texts, in their order; texts of similar length are computed together. */
  public List<List<Token>> detect(List<String> texts) {
    List<Window> all = new ArrayList<>();
    float[][][] probabilities = new float[texts.size()][][];
    for (int text = 0; text < texts.size(); text++) {
      List<Encoding> parts = windows.of(texts.get(text));
      probabilities[text] = new float[parts.size()][];
      for (int i = 0; i < parts.size(); i++) {
        all.add(new Window(text, i, parts.get(i)));
      }
    }
    List<Window> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingInt(window -> window.tokens().length()));
    for (int from = 0; from < sorted.size(); from += LoadedModel.BATCH_SIZE) {
      int to = Math.min(from + LoadedModel.BATCH_SIZE, sorted.size());
      List<Window> batch = sorted.subList(from, to);
      float[][] rows = discriminator.probabilities(padded(batch)); // [batch, seq]
      for (int i = 0; i < rows.length; i++) {
        probabilities[batch.get(i).text()][batch.get(i).index()] = rows[i];
      }
    }
    return merged(all, probabilities);
  }

  /**
   * The tokens of a text put together to words.
   *
   * @param tokens what {@link #detect(String)} says of {@code text}
   */
  public static List<Word> words(String text, List<Token> tokens) {
    List<Word> words = new ArrayList<>();
    for (Token token : tokens) {
      int last = words.size() - 1;
      boolean goesOn = token.piece().startsWith(CONTINUATION) && last >= 0;
      int start = goesOn ? words.get(last).start() : token.start();
      double replaced =
          goesOn ? Math.max(words.get(last).replaced(), token.replaced()) : token.replaced();
      Word word = new Word(text.substring(start, token.end()), start, token.end(), replaced);
      if (goesOn) {
        words.set(last, word);
      } else {
        words.add(word);
      }
    }
    return words;
  }

  private TokenBatch padded(List<Window> batch) {
    List<int[]> ids = batch.stream().map(window -> window.tokens().ids()).toList();
    int longest = ids.get(ids.size() - 1).length;
    int seq = Math.max(longest, Math.min((longest + 7) / 8 * 8, windows.maxTokens()));
    return TokenBatch.padded(
        ids, batch.stream().map(window -> window.tokens().tokenTypeIds()).toList(), seq);
  }

  private static List<List<Token>> merged(List<Window> all, float[][][] probabilities) {
    List<List<Token>> texts = new ArrayList<>();
    Map<Long, Token> byStart = new LinkedHashMap<>();
    Map<Long, Integer> contexts = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Window window = all.get(i);
      addTokens(window.tokens(), probabilities[window.text()][window.index()], byStart, contexts);
      if (i + 1 == all.size() || all.get(i + 1).text() != window.text()) {
        texts.add(List.copyOf(byStart.values()));
        byStart.clear();
        contexts.clear();
      }
    }
    return texts;
  }

  private static void addTokens(
      Encoding window,
      float[] probabilities,
      Map<Long, Token> byStart,
      Map<Long, Integer> contexts) {
    int occurrence = 0;
    for (int i = 1; i < window.length() - 1; i++) {
      occurrence = window.start(i) == window.start(i - 1) && i > 1 ? occurrence + 1 : 0;
      long key = 64L * window.start(i) + occurrence; // pieces of one character share its start
      int around = Math.min(i, window.length() - 1 - i);
      if (around > contexts.getOrDefault(key, -1)) {
        contexts.put(key, around);
        byStart.put(
            key, new Token(window.piece(i), window.start(i), window.end(i), probabilities[i]));
      }
    }
  }

  @Override
  public void close() {
    discriminator.close();
  }
}
