/**
 * Checkpoint bundles read and written by TensorFlow itself, to check and to time this project's.
 */
package io.github.electra4j.tensorflowcheck;
