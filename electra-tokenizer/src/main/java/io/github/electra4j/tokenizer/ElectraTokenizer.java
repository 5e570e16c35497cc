package io.github.electra4j.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Text to ids as the original ELECTRA makes them: {@link BasicTokenizer}, then {@link WordPiece},
 * in one pass over the text that also keeps the offsets. Special tokens written in a text, such as
 * {@code [MASK]}, are ordinary characters. Immutable; one tokenizer serves all threads.
 *
 * <pre>{@code
 * ElectraTokenizer tokenizer =
 *     ElectraTokenizer.read(Path.of("vocab.txt"), TokenizerOptions.uncased());
 * Encoding encoding = tokenizer.encode("Köln isn't cheap", EncodeOptions.maxLength(128));
 * }</pre>
 */
public final class ElectraTokenizer {
  private final Vocabulary vocabulary;
  private final TokenizerOptions options;
  private final WordPiece wordPiece;
  private final int pad; // ids of special tokens, NONE if the vocabulary lacks them
  private final int cls;
  private final int sep;

  private ElectraTokenizer(Vocabulary vocabulary, TokenizerOptions options) {
    this.vocabulary = vocabulary;
    this.options = options;
    CharacterTable.of(options); // made now and not in the first call
    this.wordPiece = WordPiece.of(vocabulary, options.maxWordLength());
    this.pad = vocabulary.trie().find(SpecialTokens.PAD);
    this.cls = vocabulary.trie().find(SpecialTokens.CLS);
    this.sep = vocabulary.trie().find(SpecialTokens.SEP);
  }

  /**
   * Creates a tokenizer.
   *
   * @throws IllegalArgumentException if the vocabulary has no {@code [UNK]}
   */
  public static ElectraTokenizer of(Vocabulary vocabulary, TokenizerOptions options) {
    Objects.requireNonNull(vocabulary, "vocabulary");
    return new ElectraTokenizer(vocabulary, Objects.requireNonNull(options, "options"));
  }

  /** Creates a tokenizer with the vocabulary of a file; see {@link Vocabulary#read(Path)}. */
  public static ElectraTokenizer read(Path vocabularyFile, TokenizerOptions options)
      throws IOException {
    return of(Vocabulary.read(vocabularyFile), options);
  }

  /** Ids of a text's pieces, without special tokens; the fastest way. */
  public int[] ids(CharSequence text) {
    Pieces pieces = Pieces.idsOnly(text.length());
    scan(text, pieces);
    return pieces.ids();
  }

  /** A text's pieces, without special tokens. */
  public List<String> tokenize(CharSequence text) {
    int[] ids = ids(text);
    List<String> pieces = new ArrayList<>(ids.length);
    for (int id : ids) {
      pieces.add(vocabulary.piece(id));
    }
    return Collections.unmodifiableList(pieces);
  }

  /** Encodes a text with special tokens, whatever its length. */
  public Encoding encode(CharSequence text) {
    return encode(text, EncodeOptions.defaults());
  }

  /**
   * Encodes a text.
   *
   * @throws IllegalArgumentException if a special token is needed that the vocabulary lacks
   */
  public Encoding encode(CharSequence text, EncodeOptions options) {
    return encode(plan(text, options), options);
  }

  /**
   * Encodes a pair; as a single text if the second one holds no piece.
   *
   * @throws IllegalArgumentException if the truncation cannot make room, or if a special token is
   *     needed that the vocabulary lacks
   */
  public Encoding encode(CharSequence first, CharSequence second, EncodeOptions options) {
    return encode(plan(first, second, options), options);
  }

  /** Encodes texts, all padded alike; {@link Padding#longest()} is the longest of them all. */
  public List<Encoding> encodeBatch(List<? extends CharSequence> texts, EncodeOptions options) {
    return batch(texts.size(), i -> plan(texts.get(i), options), options, false);
  }

  /** {@link #encodeBatch} on all processors, by way of the common pool. */
  public List<Encoding> encodeBatchParallel(
      List<? extends CharSequence> texts, EncodeOptions options) {
    return batch(texts.size(), i -> plan(texts.get(i), options), options, true);
  }

  /** Encodes pairs, all padded alike; {@link Padding#longest()} is the longest of them all. */
  public List<Encoding> encodePairs(List<TextPair> pairs, EncodeOptions options) {
    return batch(pairs.size(), i -> plan(pairs.get(i), options), options, false);
  }

  /** {@link #encodePairs} on all processors, by way of the common pool. */
  public List<Encoding> encodePairsParallel(List<TextPair> pairs, EncodeOptions options) {
    return batch(pairs.size(), i -> plan(pairs.get(i), options), options, true);
  }

  private List<Encoding> batch(
      int size, IntFunction<EncodingPlan> plan, EncodeOptions options, boolean parallel) {
    List<EncodingPlan> plans = indices(size, parallel).mapToObj(plan).toList();
    int longest = plans.stream().mapToInt(EncodingPlan::longest).max().orElse(0);
    int length = paddedLength(longest, options);
    return indices(size, parallel).mapToObj(i -> plans.get(i).encode(this, length)).toList();
  }

  private static IntStream indices(int size, boolean parallel) {
    IntStream indices = IntStream.range(0, size);
    return parallel ? indices.parallel() : indices;
  }

  private Encoding encode(EncodingPlan plan, EncodeOptions options) {
    return plan.encode(this, paddedLength(plan.longest(), options));
  }

  private static int paddedLength(int longest, EncodeOptions options) {
    Padding padding = options.padding();
    int length =
        switch (padding.target()) {
          case NONE -> 0;
          case LONGEST -> longest;
          case MAX_LENGTH -> Math.max(longest, options.maxLength());
        };
    long multiples = (length + (long) padding.multiple() - 1) / padding.multiple();
    return Math.toIntExact(multiples * padding.multiple());
  }

  private EncodingPlan plan(CharSequence text, EncodeOptions options) {
    WindowPlan windows = new WindowPlan(options);
    TokenizedText first = tokenize(text, windows.pieceLimit(false));
    TokenizedText none = TokenizedText.EMPTY;
    return new EncodingPlan(first, none, windows.single(first.count()), options.specialTokens());
  }

  private EncodingPlan plan(TextPair pair, EncodeOptions options) {
    return plan(pair.first(), pair.second(), options);
  }

  private EncodingPlan plan(CharSequence first, CharSequence second, EncodeOptions options) {
    WindowPlan windows = new WindowPlan(options);
    windows.requirePairsPossible();
    TokenizedText tokenized = tokenize(second, windows.pieceLimit(true));
    if (tokenized.count() == 0) {
      return plan(first, options);
    }
    TokenizedText before = tokenize(first, windows.pieceLimit(true));
    return new EncodingPlan(
        before,
        tokenized,
        windows.pair(before.count(), tokenized.count()),
        options.specialTokens());
  }

  private TokenizedText tokenize(CharSequence text, int limit) {
    Pieces pieces = Pieces.located(text.length(), limit);
    return new TokenizedText(pieces, scan(text, pieces));
  }

  private CodePointOffsets scan(CharSequence text, Pieces pieces) {
    TextScanner scanner = new TextScanner(options, text, new PieceCollector(wordPiece, pieces));
    scanner.scan();
    return scanner.codePointOffsets();
  }

  /**
   * Text for people: pieces joined by spaces, continuations without one, {@code [PAD]}, {@code
   * [CLS]} and {@code [SEP]} left out. What normalisation removed does not come back.
   */
  public String decode(int... ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      String piece = vocabulary.piece(id);
      if (SpecialTokens.isStructural(piece)) {
        continue;
      }
      boolean continues = piece.length() > 2 && piece.startsWith("##");
      if (!text.isEmpty() && !continues) {
        text.append(' ');
      }
      text.append(continues ? piece.substring(2) : piece);
    }
    return text.toString();
  }

  /** The pieces and their ids. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** What this tokenizer was created with. */
  public TokenizerOptions options() {
    return options;
  }

  /** Id of {@code [PAD]}. */
  public int padId() {
    return pad != PieceTrie.NONE ? pad : vocabulary.requireId(SpecialTokens.PAD);
  }

  /** Id of {@code [UNK]}. */
  public int unkId() {
    return vocabulary.requireId(SpecialTokens.UNK);
  }

  /** Id of {@code [CLS]}. */
  public int clsId() {
    return cls != PieceTrie.NONE ? cls : vocabulary.requireId(SpecialTokens.CLS);
  }

  /** Id of {@code [SEP]}. */
  public int sepId() {
    return sep != PieceTrie.NONE ? sep : vocabulary.requireId(SpecialTokens.SEP);
  }

  /** Id of {@code [MASK]}. */
  public int maskId() {
    return vocabulary.requireId(SpecialTokens.MASK);
  }
}
