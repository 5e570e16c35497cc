/**
 * TensorFlow V2 checkpoint bundles in pure Java: {@link
 * io.github.electra4j.convert.tensorflow.BundleIndex} lists the tensors, {@link
 * io.github.electra4j.convert.tensorflow.BundleReader} reads them, {@link
 * io.github.electra4j.convert.tensorflow.BundleWriter} writes them byte for byte as TensorFlow
 * does, {@link io.github.electra4j.convert.tensorflow.CheckpointState} is the file that names the
 * latest bundle.
 */
package io.github.electra4j.convert.tensorflow;
