package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.train.chunk.ChunkDecoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
  @ParameterizedTest
  @CsvSource({
    "B-NP I-NP O B-VP B-NP I-NP, '0-1NP 3-3VP 4-5NP', B-NP E-NP O S-VP B-NP E-NP",
    "I-NP I-VP O, '0-1VP', B-VP E-VP O",
    "S-NP E-NP I-VP, '0-2VP', B-VP I-VP E-VP",
    "O I-NP B-NP, '1-1NP 2-2NP', O S-NP S-NP",
    "B-NP E-NP E-NP, '0-2NP', B-NP I-NP E-NP"
  })
  void theOriginalsRulesAreThoseOfTheReference(String tags, String chunks, String iobes) {
    List<String> words = List.of(tags.split(" "));
    List<String> found =
        ChunkDecoding.ORIGINAL.chunks(words).stream()
            .map(chunk -> chunk.start() + "-" + chunk.end() + chunk.type())
            .toList();
    assertEquals(chunks, String.join(" ", found));
    assertEquals(iobes, String.join(" ", TagScheme.IOBES.write(words, ChunkDecoding.ORIGINAL)));
  }

  @Test
  void bothRulesAgreeOnWellFormedTagsAndDifferOnOthers() {
    List<String> good = List.of("B-A", "I-A", "O", "B-B", "B-A");
    assertEquals(ChunkDecoding.CONLLEVAL.chunks(good), ChunkDecoding.ORIGINAL.chunks(good));
    List<String> bad = List.of("I-A", "I-B");
    assertEquals(2, ChunkDecoding.CONLLEVAL.chunks(bad).size());
    assertEquals(1, ChunkDecoding.ORIGINAL.chunks(bad).size());
    assertEquals(List.of(), ChunkDecoding.CONLLEVAL.chunks(List.of()));
  }

  @Test
  void schemesAreToldByTheirTags() {
    assertEquals(TagScheme.BIO, TagScheme.of(List.of("O", "B-A", "I-A")));
    assertEquals(TagScheme.IOBES, TagScheme.of(List.of("O", "S-A")));
    assertEquals(TagScheme.PLAIN, TagScheme.of(List.of("NN", "O", "B-A")));
    assertEquals(TagScheme.PLAIN, TagScheme.of(List.of("O")));
    assertTrue(TagScheme.BIO.fault("S-A").isPresent());
    assertTrue(TagScheme.BIO.fault("B-").isPresent());
    assertTrue(TagScheme.PLAIN.fault(" ").isPresent());
    assertEquals(
        List.of("B-A", "I-A", "B-A"),
        TagScheme.BIO.write(List.of("B-A", "E-A", "S-A"), ChunkDecoding.CONLLEVAL));
    assertEquals(List.of("NN"), TagScheme.PLAIN.write(List.of("NN"), ChunkDecoding.CONLLEVAL));
  }

  @Test
  void theReportLooksLikeConllevals() {
    ChunkTally tally = new ChunkTally(ChunkDecoding.CONLLEVAL);
    tally.add(List.of("B-NP", "I-NP", "B-VP"), List.of("B-NP", "I-NP", "B-NP"));
    assertEquals(
        """
        processed 3 tokens with 2 phrases; found: 2 phrases; correct: 1.
        accuracy:  66.67%; precision:  50.00%; recall:  50.00%; FB1:  50.00
                       NP: precision:  50.00%; recall: 100.00%; FB1:  66.67  2
                       VP: precision:   0.00%; recall:   0.00%; FB1:   0.00  0
        """,
        tally.toConlleval().replace(System.lineSeparator(), "\n"));
    assertThrows(IllegalArgumentException.class, () -> tally.add(List.of("O"), List.of()));
  }

  @Test
  void equalScoresAreRankedAgainstTheRightCandidate() {
    RankingTally tally = new RankingTally();
    tally.add(new double[] {0.1, 0.9, 0.5}, 1); // rank 1
    tally.add(new double[] {0.1, 0.9, 0.5}, 2); // rank 2
    tally.add(new double[] {1, 1, 1, 1}, 0); // rank 4
    assertEquals(1.0 / 3, tally.accuracy(), 1e-15);
    assertEquals((1 + 0.5 + 0.25) / 3, tally.meanReciprocalRank(), 1e-15);
    assertEquals(2.0 / 3, tally.recallAt(2), 1e-15);
    assertEquals(1, tally.recallAt(4));
    assertEquals(3, tally.examples());
    assertThrows(IllegalArgumentException.class, () -> tally.recallAt(0));
    assertThrows(IllegalArgumentException.class, () -> tally.add(new double[] {1}, 1));
    assertThrows(IllegalArgumentException.class, () -> tally.add(new double[] {Double.NaN, 1}, 1));
    assertThrows(IllegalStateException.class, () -> new RankingTally().accuracy());
    for (int i = 0; i < 40; i++) {
      tally.add(new double[] {2, 1}, 0);
    }
    assertEquals(41.0 / 43, tally.accuracy(), 1e-15);
  }

  @Test
  void anUtteranceIsExactIfIntentAndAllSlotsAre() {
    IntentTally tally = new IntentTally();
    IntentTally.Frame gold = new IntentTally.Frame("fly", List.of("O", "B-city", "I-city"));
    tally.add(gold, gold);
    tally.add(gold, new IntentTally.Frame("fly", List.of("O", "B-city", "O")));
    tally.add(gold, new IntentTally.Frame("stay", gold.slots()));
    assertEquals(2.0 / 3, tally.intentAccuracy(), 1e-15);
    assertEquals(1.0 / 3, tally.exactMatch(), 1e-15);
    assertEquals(new ChunkScore(3, 3, 2), tally.slots().overall());
    assertThrows(IllegalStateException.class, () -> new IntentTally().exactMatch());
  }
}
