/**
 * HuggingFace's words for ELECTRA: {@link io.github.electra4j.convert.huggingface.HuggingFaceNames}
 * is the one table of tensor names, {@link io.github.electra4j.convert.huggingface.TokenizerJson}
 * writes the tokenizer.
 */
package io.github.electra4j.convert.huggingface;
