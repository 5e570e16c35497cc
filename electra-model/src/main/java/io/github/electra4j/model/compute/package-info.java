/**
 * What the fused operations are made of: native memory, a team of threads, single-threaded matrix
 * products and vector mathematics. Nothing here knows about graphs.
 */
package io.github.electra4j.model.compute;
