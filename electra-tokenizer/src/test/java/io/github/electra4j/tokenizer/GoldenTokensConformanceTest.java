package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hard strings. ELECTRA's tokens are the truth for the pieces; HuggingFace's offsets are an
 * oracle where it has the same pieces.
 */
@Tag("conformance")
class GoldenTokensConformanceTest {
  static List<GoldenTokens> files() throws IOException {
    return GoldenTokens.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void piecesAreElectras(GoldenTokens golden) {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.of(golden.vocabulary(), TokenizerOptions.uncased());
    Set<String> different = new TreeSet<>();
    for (JsonNode entry : golden.cases()) {
      String text = GoldenTokens.text(entry);
      List<String> wanted = GoldenTokens.strings(entry.path("google_electra_uncased"));
      int[] wantedIds = GoldenTokens.numbers(entry.path("google_electra_ids"));
      if (different(tokenizer, text, wanted, wantedIds)) {
        different.add(GoldenTokens.name(entry));
      }
    }
    assertEquals(known("original"), different);
  }

  private static boolean different(
      ElectraTokenizer tokenizer, String text, List<String> wanted, int[] wantedIds) {
    Encoding encoding = tokenizer.encode(text, EncodeOptions.defaults().withSpecialTokens(false));
    return !wanted.equals(tokenizer.tokenize(text))
        || !wanted.equals(encoding.pieces())
        || !Arrays.equals(wantedIds, tokenizer.ids(text))
        || !Arrays.equals(wantedIds, encoding.ids());
  }

  @ParameterizedTest
  @MethodSource("files")
  void theListedDifferencesFromHuggingFaceAreAllThereAre(GoldenTokens golden) {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.of(golden.vocabulary(), TokenizerOptions.uncased());
    Set<String> different = new TreeSet<>();
    for (JsonNode entry : golden.cases()) {
      List<String> theirs = GoldenTokens.strings(entry.path("hf_uncased_max200").path("tokens"));
      if (!theirs.equals(tokenizer.tokenize(GoldenTokens.text(entry)))) {
        different.add(GoldenTokens.name(entry));
      }
    }
    assertEquals(known("huggingface"), different);
  }

  @ParameterizedTest
  @MethodSource("files")
  void offsetsAreHuggingFacesWhereThePiecesAre(GoldenTokens golden) {
    int uncased = compareOffsets(golden, TokenizerOptions.uncased(), "hf_uncased_max200");
    int cased = compareOffsets(golden, TokenizerOptions.cased(), "hf_cased");
    assertFalse(uncased < 60 || cased < 60, uncased + " and " + cased + " texts compared");
  }

  private static int compareOffsets(GoldenTokens golden, TokenizerOptions options, String column) {
    ElectraTokenizer tokenizer = ElectraTokenizer.of(golden.vocabulary(), options);
    int compared = 0;
    for (JsonNode entry : golden.cases()) {
      if (entry.path("diverges").isEmpty()) {
        Encoding encoding =
            tokenizer.encode(
                GoldenTokens.text(entry), EncodeOptions.defaults().withSpecialTokens(false));
        String where = column + " " + GoldenTokens.name(entry);
        JsonNode theirs = entry.path(column);
        assertEquals(GoldenTokens.strings(theirs.path("tokens")), encoding.pieces(), where);
        assertOffsets(GoldenTokens.text(entry), theirs.path("offsets"), encoding, where);
        compared++;
      }
    }
    return compared;
  }

  private static void assertOffsets(
      String text, JsonNode offsets, Encoding encoding, String where) {
    List<int[]> pairs = new ArrayList<>();
    offsets.forEach(pair -> pairs.add(GoldenTokens.numbers(pair)));
    for (int i = 0; i < pairs.size(); i++) {
      int[] codePoints = {encoding.codePointStart(i), encoding.codePointEnd(i)};
      assertArrayEquals(pairs.get(i), codePoints, where + " piece " + i);
      assertEquals(text.offsetByCodePoints(0, codePoints[0]), encoding.start(i), where);
      assertEquals(text.offsetByCodePoints(0, codePoints[1]), encoding.end(i), where);
    }
  }

  /** Names listed in known-differences.txt behind {@code peer}. */
  static Set<String> known(String peer) {
    try (InputStream in =
        GoldenTokensConformanceTest.class.getResourceAsStream("/golden/known-differences.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(peer + " "))
          .map(line -> line.split(" ", -1)[1])
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
