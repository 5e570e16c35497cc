package io.github.electra4j.bench;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import java.util.List;

/** What is compared, and exactly what each side makes. */
final class TokenizerWorks {
  private final ElectraTokenizer ours;
  private final PeerTokenizer peer;

  TokenizerWorks(ElectraTokenizer ours, PeerTokenizer peer) {
    this.ours = ours;
    this.peer = peer;
  }

  List<ComparedWork> of(BenchmarkText text) {
    return List.of(
        new ComparedWork(
            text.name() + "-ids",
            text,
            line -> ours.ids(line).length,
            line -> peer.encodeWithoutSpecialTokens(line).getIds().length),
        new ComparedWork(
            text.name() + "-ids-native",
            text,
            line -> ours.ids(line).length,
            line -> peer.nativeIds(line).length),
        new ComparedWork(
            text.name() + "-offsets",
            text,
            line -> readAll(ours.encode(line)),
            line -> readAll(peer.encode(line))));
  }

  /** Asks our encoding for all that DJL's holds, since ours makes most of it on demand. */
  static long readAll(Encoding encoding) {
    long sum = 0;
    int[] starts = encoding.codePointStarts();
    int[] ends = encoding.codePointEnds();
    List<String> pieces = encoding.pieces();
    for (int i = 0; i < encoding.length(); i++) {
      sum += ends[i] - starts[i] + pieces.get(i).length();
    }
    return sum
        + encoding.ids().length
        + encoding.tokenTypeIds().length
        + encoding.words().length
        + encoding.sequences().length
        + encoding.attentionMask().length
        + encoding.specialTokensMask().length;
  }

  /** Reads what DJL has made; special tokens have no span. */
  static long readAll(ai.djl.huggingface.tokenizers.Encoding encoding) {
    long sum = 0;
    CharSpan[] spans = encoding.getCharTokenSpans();
    String[] pieces = encoding.getTokens();
    for (int i = 0; i < spans.length; i++) {
      int length = spans[i] == null ? 0 : spans[i].getEnd() - spans[i].getStart();
      sum += length + pieces[i].length();
    }
    return sum
        + encoding.getIds().length
        + encoding.getTypeIds().length
        + encoding.getWordIds().length
        + encoding.getSequenceIds().length
        + encoding.getAttentionMask().length
        + encoding.getSpecialTokenMask().length;
  }
}
