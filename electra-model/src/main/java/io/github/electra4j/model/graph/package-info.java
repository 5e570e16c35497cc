/**
 * ELECTRA's blocks as SameDiff graphs: one block, one file, one {@code build} method. Every
 * intermediate has its shape in a comment; the axes are {@code batch, seq, tokens = batch · seq,
 * hidden, heads, head, embedding, vocab, masked, labels}.
 */
package io.github.electra4j.model.graph;
