package io.github.electra4j.convert.hdf5;

import io.github.electra4j.convert.tensor.StoredTensor;

/**
 * Where a weight is in the file.
 *
 * @param tensor its name, type and shape
 * @param path where it is among the groups
 * @param data address of its numbers
 * @param bytes how many bytes they take
 */
record KerasDataset(StoredTensor tensor, String path, long data, long bytes) {}
