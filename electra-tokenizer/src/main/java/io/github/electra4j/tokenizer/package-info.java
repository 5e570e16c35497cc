/**
 * Text to the ids that ELECTRA reads, exactly as the original makes them, with every piece's place
 * in the original text. Needs nothing but the JDK. In reading order:
 *
 * <ul>
 *   <li>{@link io.github.electra4j.tokenizer.ElectraTokenizer} takes text, pairs and batches
 *   <li>{@link io.github.electra4j.tokenizer.Vocabulary} knows the pieces and their ids, {@link
 *       io.github.electra4j.tokenizer.MalformedVocabularyException} says why a file is none
 *   <li>{@link io.github.electra4j.tokenizer.TokenizerOptions} and {@link
 *       io.github.electra4j.tokenizer.StripAccents} choose what happens to case and accents
 *   <li>{@link io.github.electra4j.tokenizer.EncodeOptions}, {@link
 *       io.github.electra4j.tokenizer.Truncation} and {@link io.github.electra4j.tokenizer.Padding}
 *       choose the length
 *   <li>{@link io.github.electra4j.tokenizer.Encoding} is the result, {@link
 *       io.github.electra4j.tokenizer.TextPair} an input of two texts
 *   <li>{@link io.github.electra4j.tokenizer.BasicTokenizer} and {@link
 *       io.github.electra4j.tokenizer.WordPiece} are the two steps on their own
 * </ul>
 *
 * <pre>{@code
 * ElectraTokenizer tokenizer =
 *     ElectraTokenizer.read(Path.of("vocab.txt"), TokenizerOptions.uncased());
 * int[] ids = tokenizer.ids("Köln isn't cheap 😀"); // no special tokens, the fastest way
 * Encoding encoding = tokenizer.encode(question, text, EncodeOptions.maxLength(384));
 * for (int i = 0; i < encoding.length(); i++) {
 *   String place = encoding.start(i) + ".." + encoding.end(i); // in the question or the text
 *   System.out.println(encoding.piece(i) + " " + encoding.sequence(i) + ":" + place);
 * }
 * EncodeOptions padded = EncodeOptions.maxLength(128).withPadding(Padding.longest());
 * List<Encoding> batch = tokenizer.encodeBatch(texts, padded);
 * }</pre>
 *
 * <p>All types are immutable and serve all threads. A caller's mistake is an {@link
 * java.lang.IllegalArgumentException} that says what to do; a file that cannot be read is an {@link
 * java.io.IOException}.
 */
package io.github.electra4j.tokenizer;
