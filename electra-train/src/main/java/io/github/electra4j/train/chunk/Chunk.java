package io.github.electra4j.train.chunk;

/**
 * Several words that belong together, e.g. a noun phrase or a name.
 *
 * @param start position of the first word, from 0
 * @param end position of the last word, at least {@code start}
 * @param type e.g. {@code NP}; empty if the tags have no types
 */
public record Chunk(int start, int end, String type) {}
