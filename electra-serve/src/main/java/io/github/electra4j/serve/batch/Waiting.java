package io.github.electra4j.serve.batch;

/**
 * One input in the queue.
 *
 * @param job whose input it is
 * @param index which of the job's inputs
 * @param input what is computed
 * @param tokens its size
 * @param arrived when it came, on the batcher's clock
 */
record Waiting<I, O>(Job<O> job, int index, I input, int tokens, long arrived) {}
