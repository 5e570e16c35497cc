/**
 * Which tokens of an example are hidden from the generator, and what the discriminator sees in
 * their place. All of it happens outside the graphs, on integers. In reading order: {@link
 * io.github.electra4j.train.masking.MaskingRules}, {@link
 * io.github.electra4j.train.masking.Masker}, {@link io.github.electra4j.train.masking.MaskedBatch},
 * {@link io.github.electra4j.train.masking.CorruptedBatch}, {@link
 * io.github.electra4j.train.masking.PositionUpdate}.
 */
package io.github.electra4j.train.masking;
