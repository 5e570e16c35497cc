package io.github.electra4j.bench;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import java.util.List;
import java.util.Optional;

/** Whether two tokenizers make the same of a text: ids, pieces and offsets in code points. */
final class TokenizerAgreement {
  private final ElectraTokenizer ours;
  private final PeerTokenizer peer;

  TokenizerAgreement(ElectraTokenizer ours, PeerTokenizer peer) {
    this.ours = ours;
    this.peer = peer;
  }

  /** The lines that come out differently. */
  List<String> differences(BenchmarkText text) {
    return text.lines().stream().filter(line -> difference(line).isPresent()).toList();
  }

  /** What is different, if anything. */
  Optional<String> difference(String line) {
    Encoding a = ours.encode(line);
    ai.djl.huggingface.tokenizers.Encoding b = peer.encode(line);
    if (!a.pieces().equals(List.of(b.getTokens()))) {
      return Optional.of("%s but %s".formatted(a.pieces(), List.of(b.getTokens())));
    }
    int[] ids = ours.ids(line);
    long[] theirs = peer.nativeIds(line);
    for (int i = 0; i < a.length(); i++) {
      boolean special = a.sequence(i) == Encoding.NONE;
      boolean sameId = a.id(i) == b.getIds()[i];
      if (!special) {
        sameId &= ids[i - 1] == a.id(i) && theirs[i - 1] == a.id(i);
        CharSpan span = b.getCharTokenSpans()[i];
        sameId &= span.getStart() == a.codePointStart(i) && span.getEnd() == a.codePointEnd(i);
      }
      if (!sameId) {
        return Optional.of("token %d of %s".formatted(i, a.pieces()));
      }
    }
    return Optional.empty();
  }
}
