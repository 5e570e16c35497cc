/**
 * Benchmarks against peers, each as a whole command ({@link
 * io.github.electra4j.bench.TokenizerComparison}) and under JMH ({@link
 * io.github.electra4j.bench.TokenizeBenchmark}). What was measured is in docs/BENCHMARKS.md.
 */
package io.github.electra4j.bench;
