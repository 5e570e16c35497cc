package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private static void assertRefused(String message, Executable code) {
    String actual = assertThrows(IllegalArgumentException.class, code).getMessage();
    assertTrue(actual.contains(message), actual);
  }

  @ParameterizedTest
  @CsvSource({
    "true, FOLLOW_LOWER_CASE, true",
    "false, FOLLOW_LOWER_CASE, false",
    "true, ALWAYS, true",
    "false, ALWAYS, true",
    "true, NEVER, false",
    "false, NEVER, false"
  })
  void accentsFollowTheCaseUnlessToldOtherwise(
      boolean lowerCase, StripAccents accents, boolean stripped) {
    TokenizerOptions options =
        TokenizerOptions.uncased().withLowerCase(lowerCase).withStripAccents(accents);
    assertEquals(stripped, options.stripsAccents());
  }

  @Test
  void thePresetsAreThoseOfThePublishedModels() {
    TokenizerOptions uncased = TokenizerOptions.uncased();
    assertTrue(uncased.lowerCase() && uncased.stripsAccents() && uncased.splitCjk());
    assertEquals(200, uncased.maxWordLength());
    TokenizerOptions cased = TokenizerOptions.cased();
    assertFalse(cased.lowerCase() || cased.stripsAccents());
    assertEquals(cased, uncased.withLowerCase(false));
    assertEquals(100, cased.withMaxWordLength(100).maxWordLength());
    assertRefused("maxWordLength is 0", () -> cased.withMaxWordLength(0));
  }

  @Test
  void theDefaultsAddSpecialTokensAndCutNothing() {
    EncodeOptions options = EncodeOptions.defaults();
    assertTrue(options.specialTokens());
    assertEquals(EncodeOptions.NO_LIMIT, options.maxLength());
    assertEquals(Truncation.LONGEST_FIRST, options.truncation());
    assertFalse(options.overflows());
    assertEquals(Padding.none(), options.padding());
    assertEquals(options.withMaxLength(128), EncodeOptions.maxLength(128));
    assertEquals(options, options.withOverflow(3).withoutOverflow());
  }

  @Test
  void lengthsThatCannotWorkAreRefused() {
    EncodeOptions options = EncodeOptions.maxLength(10);
    assertRefused("maxLength is 3; give at least 4", () -> EncodeOptions.maxLength(3));
    assertRefused(
        "maxLength is 0; give at least 1",
        () -> EncodeOptions.defaults().withSpecialTokens(false).withMaxLength(0));
    assertEquals(7, options.withOverflow(7).stride());
    assertRefused("give 0 to 7", () -> options.withOverflow(8));
    assertEquals(9, options.withSpecialTokens(false).withOverflow(9).stride());
    assertRefused("give 0 to 9", () -> options.withSpecialTokens(false).withOverflow(10));
    assertRefused("withoutOverflow()", () -> options.withOverflow(-1));
  }

  @Test
  void paddingThatCannotWorkIsRefused() {
    assertRefused("Padding.multiple is 0", () -> Padding.longest().toMultipleOf(0));
    assertRefused("exactly 1 for NONE", () -> Padding.none().toMultipleOf(8));
    assertRefused("has no limit", () -> EncodeOptions.defaults().withPadding(Padding.maxLength()));
    assertThrows(NullPointerException.class, () -> EncodeOptions.defaults().withPadding(null));
    assertThrows(NullPointerException.class, () -> new TextPair("a", null));
  }
}
