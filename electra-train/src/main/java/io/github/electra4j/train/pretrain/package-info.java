/**
 * Pre-training of ELECTRA, Electric and masked language models. In reading order: {@link
 * io.github.electra4j.train.pretrain.PretrainConfig} (the choices), {@link
 * io.github.electra4j.train.pretrain.PretrainSession} (one step).
 */
package io.github.electra4j.train.pretrain;
