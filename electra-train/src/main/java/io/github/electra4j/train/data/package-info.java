/** The order in which examples are learned from. */
package io.github.electra4j.train.data;
