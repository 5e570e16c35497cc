/** Labels of words read as chunks: phrases, names, slots. Nothing outside the JDK is used. */
package io.github.electra4j.train.chunk;
