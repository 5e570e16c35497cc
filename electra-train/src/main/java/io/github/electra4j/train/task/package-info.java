/** What a fine-tuning task consists of: its examples as text and as token ids. */
package io.github.electra4j.train.task;
