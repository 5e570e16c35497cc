/** The graphs of learning: task heads, losses, and what a fine-tuning step computes. */
package io.github.electra4j.train.graph;
