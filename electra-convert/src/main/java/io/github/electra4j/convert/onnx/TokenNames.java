package io.github.electra4j.convert.onnx;

/**
 * The names of a model's inputs inside the graph, each {@code INT64 [batch, seq]}.
 *
 * @param inputIds ids of the tokens
 * @param attentionMask 1 for a token, 0 for padding
 * @param tokenTypeIds 0 or 1
 */
record TokenNames(String inputIds, String attentionMask, String tokenTypeIds) {}
