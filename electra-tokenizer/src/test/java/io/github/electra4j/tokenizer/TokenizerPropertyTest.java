package io.github.electra4j.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerPropertyTest {
  private static final int TEXTS = 4000;
  private static final int MAX_LENGTH = 40;

  static List<TokenizerOptions> options() {
    List<TokenizerOptions> all = new ArrayList<>();
    for (StripAccents accents : StripAccents.values()) {
      all.add(TokenizerOptions.uncased().withStripAccents(accents));
      all.add(TokenizerOptions.cased().withStripAccents(accents));
    }
    all.add(TokenizerOptions.uncased().withSplitCjk(false));
    return all;
  }

  /** Pieces of one and two characters out of texts like those that are drawn. */
  private static ElectraTokenizer tokenizer(TokenizerOptions options) {
    Random random = new Random(7);
    TreeSet<String> pieces = new TreeSet<>();
    BasicTokenizer basic = BasicTokenizer.of(options);
    for (int i = 0; i < 400; i++) {
      for (String word : basic.tokenize(RandomTexts.draw(random, MAX_LENGTH))) {
        int[] c = word.codePoints().toArray();
        for (int start = 0; start < c.length; start++) {
          String prefix = start == 0 ? "" : "##";
          pieces.add(prefix + new String(c, start, 1));
          pieces.add(prefix + new String(c, start, Math.min(c.length - start, 1 + i % 3)));
        }
      }
    }
    List<String> vocabulary = new ArrayList<>(List.of("[UNK]"));
    vocabulary.addAll(pieces);
    return ElectraTokenizer.of(Vocabulary.of(vocabulary), options);
  }

  @ParameterizedTest
  @MethodSource("options")
  void onePassMakesTheWordsThatTheStepsMake(TokenizerOptions options) {
    BasicTokenizer basic = BasicTokenizer.of(options);
    StepwiseTokenizer stepwise = new StepwiseTokenizer(options);
    RandomTexts.check(
        11, TEXTS, MAX_LENGTH, text -> stepwise.tokenize(text).equals(basic.tokenize(text)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void piecesAreThoseOfTheWordsOneByOne(TokenizerOptions options) {
    ElectraTokenizer tokenizer = tokenizer(options);
    BasicTokenizer basic = BasicTokenizer.of(options);
    WordPiece wordPiece = WordPiece.of(tokenizer.vocabulary(), options.maxWordLength());
    RandomTexts.check(
        12,
        TEXTS,
        MAX_LENGTH,
        text -> {
          List<String> pieces = new ArrayList<>();
          basic.tokenize(text).forEach(word -> pieces.addAll(wordPiece.tokenize(word)));
          Encoding encoding = encode(tokenizer, text);
          return pieces.equals(tokenizer.tokenize(text))
              && pieces.equals(encoding.pieces())
              && Arrays.equals(tokenizer.ids(text), encoding.ids());
        });
  }

  @ParameterizedTest
  @MethodSource("options")
  void theOriginalTextOfEveryPieceNormalisesToThePiece(TokenizerOptions options) {
    ElectraTokenizer tokenizer = tokenizer(options);
    BasicTokenizer basic = BasicTokenizer.of(options);
    RandomTexts.check(
        13, TEXTS, MAX_LENGTH, text -> roundTrips(text, encode(tokenizer, text), basic));
  }

  private static Encoding encode(ElectraTokenizer tokenizer, String text) {
    return tokenizer.encode(text, EncodeOptions.defaults().withSpecialTokens(false));
  }

  private static boolean roundTrips(String text, Encoding encoding, BasicTokenizer basic) {
    List<String> words = basic.tokenize(text);
    for (int i = 0; i < encoding.length(); i++) {
      String slice = text.substring(encoding.start(i), encoding.end(i));
      String normal = withoutFinalSigma(String.join("", basic.tokenize(slice)));
      String word = withoutFinalSigma(words.get(encoding.word(i)));
      String piece = withoutFinalSigma(withoutPrefix(encoding, i));
      boolean right =
          encoding.piece(i).equals("[UNK]")
              ? basic.tokenize(slice).size() == 1 && normal.equals(word)
              : isShared(encoding, i) ? holdsAll(normal, piece) : normal.equals(piece);
      if (!right || !codePointsAgree(text, encoding, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the piece shares a character of the text with a neighbour, or marks are between. */
  private static boolean isShared(Encoding encoding, int i) {
    return IntStream.range(Math.max(0, i - 40), Math.min(encoding.length(), i + 40))
        .anyMatch(
            k ->
                k != i
                    && encoding.start(k) < encoding.end(i)
                    && encoding.start(i) < encoding.end(k));
  }

  private static boolean holdsAll(String normal, String piece) {
    return piece.codePoints().allMatch(c -> normal.indexOf(c) >= 0);
  }

  private static boolean codePointsAgree(String text, Encoding encoding, int i) {
    return encoding.codePointStart(i) == text.codePointCount(0, encoding.start(i))
        && encoding.codePointEnd(i) == text.codePointCount(0, encoding.end(i));
  }

  private static String withoutPrefix(Encoding encoding, int i) {
    boolean continues = i > 0 && encoding.word(i) == encoding.word(i - 1);
    return continues ? encoding.piece(i).substring(2) : encoding.piece(i);
  }

  /** A sigma's neighbours are not in its slice. */
  private static String withoutFinalSigma(String text) {
    return text.replace('\u03c2', '\u03c3');
  }
}
