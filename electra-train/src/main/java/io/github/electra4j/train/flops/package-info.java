/**
 * How many operations a model takes, counted as in the paper: {@link
 * io.github.electra4j.train.flops.TransformerFlops} for one network, {@link
 * io.github.electra4j.train.flops.PretrainFlops} for a pre-training run.
 */
package io.github.electra4j.train.flops;
