package io.github.electra4j.tokenizer.train;

import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.tokenizer.WordPiece;
import java.util.List;

/**
 * Learns a WordPiece vocabulary as HuggingFace's trainer does: every word is taken apart into
 * characters, those behind the first marked with {@code ##}; then, again and again, the two
 * neighbouring pieces that occur together most often in the corpus are joined into a new piece.
 * Example: {@code low low lower} → {@code l ##o}, joined to {@code lo}; then {@code lo ##w}, joined
 * to {@code low}. Of pairs that occur equally often, the one whose pieces were known first is
 * joined, so that a corpus has one vocabulary.
 *
 * <p>The result is a {@code vocab.txt} for the original and for HuggingFace: {@code [PAD] [UNK]
 * [CLS] [SEP] [MASK]} with the ids 0 to 4, then {@code [unusedN]} if wanted, the alphabet, and the
 * joined pieces.
 */
public final class VocabularyTrainer {
  /** Special tokens in the order of BERT's vocabularies. */
  private static final List<String> SPECIAL_TOKENS =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  /** The original takes longer words for unknown. */
  private static final int MAX_WORD_LENGTH = 200;

  private VocabularyTrainer() {}

  /**
   * Learns a vocabulary.
   *
   * @throws IllegalArgumentException if there are no words, or if special tokens and alphabet alone
   *     need more than the wanted size
   */
  public static TrainedVocabulary train(WordCounts words, VocabularyOptions options) {
    if (words.size() == 0) {
      throw new IllegalArgumentException("The corpus has no words; give one with text");
    }
    Alphabet alphabet = Alphabet.of(words, options);
    PieceList pieces = new PieceList();
    SPECIAL_TOKENS.forEach(pieces::add);
    for (int i = 0; i < options.unusedPieces(); i++) {
      pieces.add("[unused" + i + "]");
    }
    alphabet.addTo(pieces);
    if (pieces.size() > options.size()) {
      throw new IllegalArgumentException(
          "A vocabulary of %d pieces has no room for %d special tokens and unused pieces and the %d pieces of an alphabet of %d characters; give a size of at least %d, or limit the alphabet"
              .formatted(
                  options.size(),
                  SPECIAL_TOKENS.size() + options.unusedPieces(),
                  pieces.size() - SPECIAL_TOKENS.size() - options.unusedPieces(),
                  alphabet.size(),
                  pieces.size()));
    }
    int simple = pieces.size();
    new PairJoiner(pieces, alphabet.segments(words, pieces))
        .join(options.size(), options.minFrequency());
    return judge(pieces, alphabet.size(), pieces.size() - simple, words);
  }

  private static TrainedVocabulary judge(
      PieceList pieces, int alphabet, int joined, WordCounts words) {
    Vocabulary vocabulary = Vocabulary.of(pieces.toList());
    WordPiece wordPiece = WordPiece.of(vocabulary, MAX_WORD_LENGTH);
    long known = 0;
    long all = 0;
    long count = 0;
    for (int i = 0; i < words.size(); i++) {
      List<String> parts = wordPiece.tokenize(words.word(i));
      all += words.count(i);
      if (!parts.equals(List.of("[UNK]"))) {
        known += words.count(i);
        count += words.count(i) * parts.size();
      }
    }
    return new TrainedVocabulary(
        vocabulary,
        alphabet,
        joined,
        words.total(),
        words.size(),
        1 - known / (double) all,
        count / (double) Math.max(1, known));
  }
}
