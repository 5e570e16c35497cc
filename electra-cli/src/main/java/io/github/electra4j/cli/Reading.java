package io.github.electra4j.cli;

import io.github.electra4j.model.TextSettings;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.util.Optional;

/**
 * How a model reads text.
 *
 * @param tokenizer from text to pieces
 * @param text what the tokenizer was made from
 * @param maxSeqLength most tokens at a time
 * @param batchSize sequences computed together when the model answers
 * @param cache where features are kept, if anywhere
 */
record Reading(
    ElectraTokenizer tokenizer,
    TextSettings text,
    int maxSeqLength,
    int batchSize,
    Optional<FeatureCache> cache) {}
