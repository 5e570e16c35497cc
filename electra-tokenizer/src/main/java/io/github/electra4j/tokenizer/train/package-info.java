/**
 * A vocabulary from a corpus. In reading order: {@link
 * io.github.electra4j.tokenizer.train.TextSource} (the corpus), {@link
 * io.github.electra4j.tokenizer.train.WordCounter} and {@link
 * io.github.electra4j.tokenizer.train.WordCounts} (how often which word occurs), {@link
 * io.github.electra4j.tokenizer.train.VocabularyOptions} (the choices), {@link
 * io.github.electra4j.tokenizer.train.VocabularyTrainer} (the learning), {@link
 * io.github.electra4j.tokenizer.train.TrainedVocabulary} (the result), {@link
 * io.github.electra4j.tokenizer.train.InOrder} (work on several threads with one outcome).
 *
 * <pre>{@code
 * WordCounts counts = WordCounter.of(TokenizerOptions.uncased()).count(texts);
 * TrainedVocabulary trained = VocabularyTrainer.train(counts, VocabularyOptions.ofSize(8000));
 * trained.vocabulary().write(Path.of("vocab.txt"));
 * }</pre>
 */
package io.github.electra4j.tokenizer.train;
