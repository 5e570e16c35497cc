/** Text to ids. */
package io.github.electra4j.tokenizer;
