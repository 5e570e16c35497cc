package io.github.electra4j.convert;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of one network of HuggingFace's.
 *
 * @param label what to call the network in a report of two, {@code discriminator} or {@code
 *     generator}; empty if it is alone
 * @param folder where they are
 * @param config {@code config.json}
 * @param weights the weights, or the index of their parts
 */
record NetworkFiles(Optional<String> label, Path folder, Path config, Path weights) {}
