/**
 * Fine-tuning of ELECTRA. In reading order: {@link io.github.electra4j.train.FineTuneConfig} (the
 * choices), {@link io.github.electra4j.train.FineTuner} (the loop), {@link
 * io.github.electra4j.train.FineTuneSession} (one step), {@link
 * io.github.electra4j.train.FineTunedModel} (the result at work), {@link
 * io.github.electra4j.train.StepReport} and {@link io.github.electra4j.train.TrainListener} (what
 * happens on the way), {@link io.github.electra4j.train.CheckpointStore} (stop and go on), {@link
 * io.github.electra4j.train.TrainingDivergedException}.
 */
package io.github.electra4j.train;
