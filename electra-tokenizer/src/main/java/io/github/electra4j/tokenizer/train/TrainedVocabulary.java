package io.github.electra4j.tokenizer.train;

import io.github.electra4j.tokenizer.Vocabulary;

/**
 * A vocabulary and how well it covers the corpus that it was learned from.
 *
 * @param vocabulary special tokens, alphabet, continuations of the alphabet, then joined pieces in
 *     the order in which they were learned
 * @param alphabet number of different characters
 * @param joined number of pieces of two characters and more
 * @param words words of the corpus, repetitions included
 * @param differentWords different words among them
 * @param unknownShare share of the words that are {@code [UNK]}, 0 to 1
 * @param piecesPerWord mean number of pieces of a word that is not {@code [UNK]}
 */
public record TrainedVocabulary(
    Vocabulary vocabulary,
    int alphabet,
    int joined,
    long words,
    int differentWords,
    double unknownShare,
    double piecesPerWord) {}
