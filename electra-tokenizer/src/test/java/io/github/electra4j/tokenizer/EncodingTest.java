package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final ElectraTokenizer TOKENIZER =
      ElectraTokenizer.of(
          Vocabulary.of(
              List.of(
                  "[PAD]",
                  "[UNK]",
                  "[CLS]",
                  "[SEP]",
                  "[MASK]",
                  "un",
                  "##aff",
                  "##able",
                  "cafe",
                  "is",
                  "!",
                  "\u1112",
                  "##\u1161\u11ab",
                  "the")),
          TokenizerOptions.uncased());

  private static final String TEXT = "Un\u00adaffable \ud83d\ude00 caf\u00e9\u0301!";

  @Test
  void aTextStandsBetweenSpecialTokens() {
    Encoding encoding = TOKENIZER.encode(TEXT);
    assertEquals(8, encoding.length());
    assertEquals(
        List.of("[CLS]", "un", "##aff", "##able", "[UNK]", "cafe", "!", "[SEP]"),
        encoding.pieces());
    assertArrayEquals(new int[] {2, 5, 6, 7, 1, 8, 10, 3}, encoding.ids());
    assertArrayEquals(new int[8], encoding.tokenTypeIds());
    assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1}, encoding.attentionMask());
    assertArrayEquals(new int[] {1, 0, 0, 0, 0, 0, 0, 1}, encoding.specialTokensMask());
    assertArrayEquals(new int[] {-1, 0, 0, 0, 1, 2, 3, -1}, encoding.words());
    assertArrayEquals(new int[] {-1, 0, 0, 0, 0, 0, 0, -1}, encoding.sequences());
    assertEquals("Encoding[[CLS], un, ##aff, ##able, [UNK], cafe, !, [SEP]]", encoding.toString());
  }

  @Test
  void offsetsPointIntoTheOriginalText() {
    Encoding encoding = TOKENIZER.encode(TEXT);
    assertArrayEquals(new int[] {0, 0, 3, 6, 11, 14, 19, 0}, encoding.starts());
    assertArrayEquals(new int[] {0, 2, 6, 10, 13, 18, 20, 0}, encoding.ends());
    assertArrayEquals(new int[] {0, 0, 3, 6, 11, 13, 18, 0}, encoding.codePointStarts());
    assertArrayEquals(new int[] {0, 2, 6, 10, 12, 17, 19, 0}, encoding.codePointEnds());
    assertEquals("caf\u00e9", TEXT.substring(encoding.start(5), encoding.end(5)));
  }

  @Test
  void aCharacterThatBecomesSeveralBelongsToEachOfTheirPieces() {
    Encoding encoding = TOKENIZER.encode("\ud55c");
    assertEquals(List.of("[CLS]", "\u1112", "##\u1161\u11ab", "[SEP]"), encoding.pieces());
    assertArrayEquals(new int[] {0, 0, 0, 0}, encoding.starts());
    assertArrayEquals(new int[] {0, 1, 1, 0}, encoding.ends());
  }

  @Test
  void marksThatChangePlacesKeepTheirOwn() {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.of(
            Vocabulary.of(List.of("[UNK]", "a", "##\u302f", "##\u302e\u302f", "##\u302e")),
            TokenizerOptions.uncased());
    // U+1D165 (class 216) goes before U+302F (class 224): the word is a, U+1D165, U+302F.
    String text = "a\u302f\ud834\udd65";
    Encoding unknown = tokenizer.encode(text, EncodeOptions.defaults().withSpecialTokens(false));
    assertEquals(List.of("[UNK]"), unknown.pieces());
    assertEquals(4, unknown.end(0));
    ElectraTokenizer knowing =
        ElectraTokenizer.of(
            Vocabulary.of(List.of("[UNK]", "a", "##\ud834\udd65", "##\u302f")),
            TokenizerOptions.uncased());
    Encoding encoding = knowing.encode(text, EncodeOptions.defaults().withSpecialTokens(false));
    assertEquals(List.of("a", "##\ud834\udd65", "##\u302f"), encoding.pieces());
    assertArrayEquals(new int[] {0, 2, 1}, encoding.starts());
    assertArrayEquals(new int[] {1, 4, 2}, encoding.ends());
    ElectraTokenizer joined =
        ElectraTokenizer.of(
            Vocabulary.of(List.of("[UNK]", "a", "##\ud834\udd65\u302f")),
            TokenizerOptions.uncased());
    Encoding whole = joined.encode(text, EncodeOptions.defaults().withSpecialTokens(false));
    assertArrayEquals(new int[] {0, 1}, whole.starts());
    assertArrayEquals(new int[] {1, 4}, whole.ends());
  }

  @Test
  void aPairHasTwoTokenTypes() {
    Encoding encoding =
        TOKENIZER.encode(
            "the caf\u00e9",
            "\ud83d\ude00 is the!",
            EncodeOptions.maxLength(12).withPadding(Padding.maxLength()));
    assertEquals(
        List.of(
            "[CLS]", "the", "cafe", "[SEP]", "[UNK]", "is", "the", "!", "[SEP]", "[PAD]", "[PAD]",
            "[PAD]"),
        encoding.pieces());
    assertEquals(9, encoding.tokenCount());
    assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0}, encoding.tokenTypeIds());
    assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0}, encoding.attentionMask());
    assertArrayEquals(new int[] {1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1}, encoding.specialTokensMask());
    assertArrayEquals(new int[] {-1, 0, 0, -1, 1, 1, 1, 1, -1, -1, -1, -1}, encoding.sequences());
    assertArrayEquals(new int[] {-1, 0, 1, -1, 0, 1, 2, 3, -1, -1, -1, -1}, encoding.words());
    assertEquals(3, encoding.start(5));
    assertEquals(2, encoding.codePointStart(5));
    assertEquals(0, encoding.codePointEnd(10));
  }

  @Test
  void aSecondTextWithoutPiecesIsNoPair() {
    for (String second : new String[] {"", "  ", "\u0301", "\u200b\ufffd"}) {
      assertEquals(
          TOKENIZER.encode("the cafe"),
          TOKENIZER.encode("the cafe", second, EncodeOptions.defaults()));
    }
    Encoding encoding = TOKENIZER.encode("", "the", EncodeOptions.defaults());
    assertEquals(List.of("[CLS]", "[SEP]", "the", "[SEP]"), encoding.pieces());
    assertArrayEquals(new int[] {0, 0, 1, 1}, encoding.tokenTypeIds());
  }

  @Test
  void withoutSpecialTokensThePiecesStandAlone() {
    EncodeOptions options = EncodeOptions.defaults().withSpecialTokens(false);
    assertEquals(List.of("the", "is", "!"), TOKENIZER.encode("the", "is!", options).pieces());
    assertArrayEquals(new int[] {0, 1, 1}, TOKENIZER.encode("the", "is!", options).tokenTypeIds());
    assertEquals(0, TOKENIZER.encode("", options).length());
  }

  @Test
  void aPieceIsFoundByTheCharacterThatItCovers() {
    Encoding encoding = TOKENIZER.encode(TEXT, "is", EncodeOptions.defaults());
    List<OptionalInt> found = new ArrayList<>();
    for (int offset : new int[] {0, 2, 3, 10, 12, 18, 19, 20}) {
      found.add(encoding.pieceAt(0, offset));
    }
    assertEquals(
        List.of(
            OptionalInt.of(1),
            OptionalInt.empty(), // the soft hyphen between two pieces
            OptionalInt.of(2),
            OptionalInt.empty(),
            OptionalInt.of(4),
            OptionalInt.empty(), // an accent that is taken out
            OptionalInt.of(6),
            OptionalInt.empty()),
        found);
    assertEquals(OptionalInt.of(8), encoding.pieceAt(1, 1));
  }

  @Test
  void overflowComesAsFurtherEncodings() {
    EncodeOptions options =
        EncodeOptions.maxLength(5).withOverflow(1).withPadding(Padding.longest());
    Encoding encoding = TOKENIZER.encode("the cafe is the cafe is", options);
    List<String> written = new ArrayList<>();
    written.add(String.join(" ", encoding.pieces()));
    encoding.overflow().forEach(further -> written.add(String.join(" ", further.pieces())));
    assertEquals(
        List.of("[CLS] the cafe is [SEP]", "[CLS] is the cafe [SEP]", "[CLS] cafe is [SEP] [PAD]"),
        written);
    assertEquals(9, encoding.overflow().get(0).start(1));
    assertEquals(2, encoding.overflow().get(0).word(1));
    assertEquals(List.of(), encoding.overflow().get(0).overflow());
  }

  @Test
  void changingAnArrayDoesNotChangeTheEncoding() {
    Encoding encoding = TOKENIZER.encode(TEXT);
    Encoding again = TOKENIZER.encode(TEXT);
    for (int[] array :
        List.of(encoding.ids(), encoding.starts(), encoding.ends(), encoding.words())) {
      array[1] = 99;
    }
    assertEquals(again, encoding);
    assertEquals(again.hashCode(), encoding.hashCode());
    assertNotEquals(again, TOKENIZER.encode("Un\u00adaffable \ud83d\ude00 cafe!!"));
  }
}
