/** Reading of checkpoints beside TensorFlow's own. */
package io.github.electra4j.bench.checkpoint;
