/**
 * ONNX, out: {@link io.github.electra4j.convert.onnx.OnnxExport} writes one task of a checkpoint as
 * {@link io.github.electra4j.convert.onnx.OnnxOptions} say.
 */
package io.github.electra4j.convert.onnx;
