/**
 * Dynamic batching: inputs of many callers wait in a bounded queue and are computed together with
 * others of similar length. {@link io.github.electra4j.serve.batch.Batcher} is the entry; it knows
 * nothing of HTTP and nothing of models.
 */
package io.github.electra4j.serve.batch;
