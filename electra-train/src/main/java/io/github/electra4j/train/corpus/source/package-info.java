/**
 * Corpora on a disk, in pieces: {@link io.github.electra4j.train.corpus.source.CorpusReader} and
 * {@link io.github.electra4j.train.corpus.source.CorpusChunk}.
 */
package io.github.electra4j.train.corpus.source;
