package io.github.electra4j.train.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * How a sequence of tags is read as chunks. For well-formed tags both ways agree; they differ in
 * what they make of others. Example: {@code I-NP I-VP O} is (0,0,NP) (1,1,VP) for conlleval and
 * (0,1,VP) for the original.
 */
public enum ChunkDecoding {
  /**
   * The rules of the CoNLL shared tasks' {@code conlleval}, extended by E and S as in seqeval: a
   * change of type always divides, and so do B, S, and whatever follows E, S or O.
   */
  CONLLEVAL {
    @Override
    public List<Chunk> chunks(List<String> tags) {
      List<Chunk> chunks = new ArrayList<>();
      Tag previous = Tag.OUTSIDE;
      int start = -1;
      for (int i = 0; i <= tags.size(); i++) {
        Tag tag = i < tags.size() ? Tag.of(tags.get(i)) : Tag.OUTSIDE;
        if (previous.isInside() && (tag.begins() || previous.ends() || differs(previous, tag))) {
          chunks.add(new Chunk(start, i - 1, previous.type()));
          start = -1;
        }
        if (tag.isInside() && start < 0) {
          start = i;
        }
        previous = tag;
      }
      return chunks;
    }

    private boolean differs(Tag previous, Tag tag) {
      return !tag.isInside() || !tag.type().equals(previous.type());
    }
  },

  /**
   * The original's rules ({@code finetune/tagging/tagging_utils.py}): E ends nothing, a change of
   * type does not divide, and a chunk has the type of its last tag.
   */
  ORIGINAL {
    @Override
    public List<Chunk> chunks(List<String> tags) {
      List<Chunk> chunks = new ArrayList<>();
      Tag previous = Tag.OUTSIDE;
      int start = -1;
      for (int i = 0; i <= tags.size(); i++) {
        Tag tag = i < tags.size() ? Tag.of(tags.get(i)) : Tag.OUTSIDE;
        if (previous.isInside() && (!tag.isInside() || tag.begins())) {
          chunks.add(new Chunk(start, i - 1, previous.type()));
        }
        if (tag.begins() || (tag.isInside() && !previous.isInside())) {
          start = i;
        }
        previous = tag;
      }
      return chunks;
    }
  };

  /**
   * The chunks of a sentence, in order.
   *
   * @param tags one per word, e.g. {@code B-NP}, {@code I-NP}, {@code O}
   */
  public abstract List<Chunk> chunks(List<String> tags);

  /**
   * A tag taken apart.
   *
   * @param position what stands before the first hyphen: B, I, O, E or S
   * @param type what stands behind it
   */
  private record Tag(char position, String type) {
    private static final Tag OUTSIDE = new Tag('O', "");

    private static Tag of(String tag) {
      int hyphen = tag.indexOf('-');
      String position = hyphen < 0 ? tag : tag.substring(0, hyphen);
      if (position.equals("O")) {
        return OUTSIDE;
      }
      return position.length() == 1
          ? new Tag(position.charAt(0), hyphen < 0 ? "" : tag.substring(hyphen + 1))
          : new Tag('I', tag);
    }

    private boolean isInside() {
      return position != 'O';
    }

    private boolean begins() {
      return position == 'B' || position == 'S';
    }

    private boolean ends() {
      return position == 'E' || position == 'S';
    }
  }
}
