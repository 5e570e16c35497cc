package io.github.electra4j.eval.metric;

import io.github.electra4j.train.chunk.Chunk;
import io.github.electra4j.train.chunk.ChunkDecoding;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How tags of words say where chunks begin and end. */
public enum TagScheme {
  /** B begins a chunk, I goes on with it, O is outside. */
  BIO("BIO"),
  /** As BIO; E ends a chunk of several words, S is a chunk of one. */
  IOBES("BIOES"),
  /** Tags are classes of words, e.g. parts of speech; there are no chunks. */
  PLAIN("");

  private final String positions;

  TagScheme(String positions) {
    this.positions = positions;
  }

  /** The tags in use decide: those with E or S are IOBES, those with B or I are BIO. */
  public static TagScheme of(Collection<String> tags) {
    boolean chunks = !tags.isEmpty();
    boolean ends = false;
    for (String tag : tags) {
      chunks &= IOBES.fault(tag).isEmpty();
      ends |= tag.startsWith("E-") || tag.startsWith("S-");
    }
    if (!chunks || tags.stream().allMatch("O"::equals)) {
      return PLAIN;
    }
    return ends ? IOBES : BIO;
  }

  /** What is wrong with a tag, empty if nothing is. */
  public Optional<String> fault(String tag) {
    if (tag.isBlank()) {
      return Optional.of("the tag is empty");
    }
    if (this == PLAIN || tag.equals("O")) {
      return Optional.empty();
    }
    boolean known =
        tag.length() > 2
            && tag.charAt(1) == '-'
            && tag.charAt(0) != 'O'
            && positions.indexOf(tag.charAt(0)) >= 0;
    return known
        ? Optional.empty()
        : Optional.of(
            "the tag is \"%s\", wanted O or one of %s, a hyphen and a type, e.g. B-NP"
                .formatted(tag, positions.replace("O", "")));
  }

  /**
   * The tags of chunks in this scheme. Example: {@code B-NP I-NP O B-VP} is {@code B-NP E-NP O
   * S-VP} in IOBES. For PLAIN the tags stay as they are.
   *
   * @param tags one per word
   * @param decoding how they are read
   */
  public List<String> write(List<String> tags, ChunkDecoding decoding) {
    if (this == PLAIN) {
      return List.copyOf(tags);
    }
    String[] written = new String[tags.size()];
    Arrays.fill(written, "O");
    for (Chunk chunk : decoding.chunks(tags)) {
      for (int i = chunk.start(); i <= chunk.end(); i++) {
        written[i] = position(chunk, i) + "-" + chunk.type();
      }
    }
    return List.of(written);
  }

  private char position(Chunk chunk, int word) {
    boolean first = word == chunk.start();
    boolean last = word == chunk.end();
    if (this == BIO) {
      return first ? 'B' : 'I';
    }
    if (first) {
      return last ? 'S' : 'B';
    }
    return last ? 'E' : 'I';
  }
}
