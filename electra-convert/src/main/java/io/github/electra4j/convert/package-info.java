/** Checkpoints of other frameworks, read and written. */
package io.github.electra4j.convert;
