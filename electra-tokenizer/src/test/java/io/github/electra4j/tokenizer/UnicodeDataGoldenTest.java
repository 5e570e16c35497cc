package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** The frozen tables say about every code point what Python 3.11 says. */
class UnicodeDataGoldenTest {
  private static final UnicodeData DATA = UnicodeData.get();

  @Test
  void theTablesAreThoseOfUnicode14() throws Exception {
    String actual =
        "%s  groups%n%s  casing%n%s  combining%n%s  lower%n%s  decomposed%n%s  nfd%n"
            .formatted(
                numbers(DATA.groups()::valueAt),
                numbers(DATA::casing),
                numbers(DATA.combining()::valueAt),
                sequences(DATA.lowerCase()::apply),
                sequences(DATA.decomposed()::apply),
                sequences(UnicodeDataGoldenTest::nfd));
    try (InputStream in = getClass().getResourceAsStream("/golden/unicode/unicode-14.0.0.sha256")) {
      String expected = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      assertEquals(expected.lines().toList(), actual.lines().toList());
    }
  }

  private static int[] nfd(int codePoint) {
    if (codePoint < HangulSyllables.FIRST || codePoint > HangulSyllables.LAST) {
      return DATA.decomposed().apply(codePoint);
    }
    int leading = HangulSyllables.leading(codePoint);
    int vowel = HangulSyllables.vowel(codePoint);
    return HangulSyllables.hasTrailing(codePoint)
        ? new int[] {leading, vowel, HangulSyllables.trailing(codePoint)}
        : new int[] {leading, vowel};
  }

  private interface Sequence {
    int[] of(int codePoint);
  }

  private interface Writer {
    void write(DataOutputStream out, int codePoint) throws IOException;
  }

  private static String numbers(IntUnaryOperator number) throws Exception {
    return digest((out, codePoint) -> out.writeInt(number.applyAsInt(codePoint)));
  }

  private static String sequences(Sequence sequence) throws Exception {
    return digest(
        (out, codePoint) -> {
          int[] codePoints = sequence.of(codePoint);
          out.writeInt(codePoints.length);
          for (int c : codePoints) {
            out.writeInt(c);
          }
        });
  }

  private static String digest(Writer writer) throws IOException, GeneralSecurityException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), sha)))) {
      for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
        writer.write(out, codePoint);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
