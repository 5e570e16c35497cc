/**
 * Text to pre-training examples, as the original builds them. In reading order: {@link
 * io.github.electra4j.train.corpus.ExampleBuilder} with {@link
 * io.github.electra4j.train.corpus.ExampleRandom} (the algorithm), {@link
 * io.github.electra4j.train.corpus.PackedExample} (its result), {@link
 * io.github.electra4j.train.corpus.PrepareConfig} (the choices), {@link
 * io.github.electra4j.train.corpus.Preparation} (a corpus to a folder of examples) with {@link
 * io.github.electra4j.train.corpus.PrepareListener} and {@link
 * io.github.electra4j.train.corpus.PrepareReport} (what happened), {@link
 * io.github.electra4j.train.corpus.ExampleShards} (the examples by number) and {@link
 * io.github.electra4j.train.corpus.PreparedFolder} (their vocabulary).
 *
 * <pre>{@code
 * Preparation preparation = Preparation.of(tokenizer, PrepareConfig.standard());
 * PrepareReport report = preparation.run(List.of(Path.of("books")), Path.of("examples"), false);
 * try (ExampleShards shards = ExampleShards.open("examples")) {
 *   PackedExample first = shards.read(0);
 * }
 * }</pre>
 */
package io.github.electra4j.train.corpus;
