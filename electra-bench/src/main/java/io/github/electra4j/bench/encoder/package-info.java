/**
 * ELECTRA's discriminator against PyTorch, ONNX Runtime and its own portable graph, on equal
 * weights in one process: {@link io.github.electra4j.bench.encoder.EncoderComparison}.
 */
package io.github.electra4j.bench.encoder;
