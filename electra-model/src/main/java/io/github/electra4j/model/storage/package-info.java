/**
 * Files: tensors in safetensors format, writing without half-written results, and what is wrong.
 */
package io.github.electra4j.model.storage;
