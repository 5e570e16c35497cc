/** The original's optimizer: Adam without bias correction, its schedule and its clipping. */
package io.github.electra4j.train.optimizer;
