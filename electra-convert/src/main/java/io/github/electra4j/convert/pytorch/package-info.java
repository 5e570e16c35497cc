/**
 * PyTorch's weight files, the zip archive of today and the stream of pickles before version 1.6,
 * read without running anything that they ask for, and the zip archive written.
 *
 * <p>{@link io.github.electra4j.convert.pytorch.TorchFile} reads, {@link
 * io.github.electra4j.convert.pytorch.TorchWriter} writes.
 */
package io.github.electra4j.convert.pytorch;
