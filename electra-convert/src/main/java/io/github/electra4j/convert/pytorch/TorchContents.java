package io.github.electra4j.convert.pytorch;

import java.util.Map;

/**
 * The table of a PyTorch weight file.
 *
 * @param root the value of its pickle
 * @param storages the storages that the pickle refers to, by key
 * @param ranges where they are, by key
 */
record TorchContents(
    Object root, Map<String, TorchStorage> storages, Map<String, StorageRange> ranges) {}
