/**
 * Pre-training of ELECTRA, Electric and masked language models. In reading order: {@link
 * io.github.electra4j.train.pretrain.PretrainRecipe} (presets, and {@link
 * io.github.electra4j.train.pretrain.RecipeJson} for the original's settings), {@link
 * io.github.electra4j.train.pretrain.PretrainConfig} (the choices of learning), {@link
 * io.github.electra4j.train.pretrain.StartingPoint} (new or other weights), {@link
 * io.github.electra4j.train.pretrain.ExampleSource} (the data), {@link
 * io.github.electra4j.train.pretrain.Pretrainer} (the loop), {@link
 * io.github.electra4j.train.pretrain.PretrainSession} (one step), {@link
 * io.github.electra4j.train.pretrain.PretrainReport}, {@link
 * io.github.electra4j.train.pretrain.PretrainMetrics} and {@link
 * io.github.electra4j.train.pretrain.PretrainListener} (what happens on the way), {@link
 * io.github.electra4j.train.pretrain.PretrainEvaluator} (held-out text).
 */
package io.github.electra4j.train.pretrain;
