/**
 * Models at work on text, for those who want an answer in three lines. {@link
 * io.github.electra4j.train.inference.Electra} is the way in; what it returns is closeable and safe
 * for several threads, computes many texts in batches of similar length, and reads long texts in
 * windows.
 */
package io.github.electra4j.train.inference;
