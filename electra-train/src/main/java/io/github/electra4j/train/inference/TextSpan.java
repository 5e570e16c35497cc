package io.github.electra4j.train.inference;

import io.github.electra4j.train.chunk.Chunk;
import io.github.electra4j.train.chunk.ChunkDecoding;
import java.util.List;

/**
 * A part of a text with a type: a phrase, a name, the value of a slot. Example: of {@code "from San
 * Jose"} with the labels {@code O B-city I-city}, the span {@code city "San Jose" 5 to 13}.
 *
 * @param type the label without its B or I
 * @param text the part as it stands in the text
 * @param start UTF-16 offset in the text
 * @param end UTF-16 offset behind the part
 * @param probability of the least certain of its words' labels, in [0, 1]
 */
public record TextSpan(String type, String text, int start, int end, double probability) {

  /**
   * The spans of a text's labelled words, read as conlleval does it.
   *
   * @param words in order, with their offsets in the text
   */
  public static List<TextSpan> of(String text, List<WordTagger.Word> words) {
    List<String> tags = words.stream().map(WordTagger.Word::tag).toList();
    return ChunkDecoding.CONLLEVAL.chunks(tags).stream()
        .map(chunk -> of(text, words, chunk))
        .toList();
  }

  private static TextSpan of(String text, List<WordTagger.Word> words, Chunk chunk) {
    int start = words.get(chunk.start()).start();
    int end = words.get(chunk.end()).end();
    double least =
        words.subList(chunk.start(), chunk.end() + 1).stream()
            .mapToDouble(WordTagger.Word::probability)
            .min()
            .orElseThrow();
    return new TextSpan(chunk.type(), text.substring(start, end), start, end, least);
  }
}
