/**
 * Files of named tensors, whatever their format: {@link
 * io.github.electra4j.convert.tensor.TensorSource} is what an import reads from.
 */
package io.github.electra4j.convert.tensor;
