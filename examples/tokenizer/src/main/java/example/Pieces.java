package example;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.tokenizer.TokenizerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Prints the ids of a text. Arguments: vocab.txt and the text. */
public final class Pieces {
  private Pieces() {}

  /** The ids of a text, special tokens included. */
  static int[] ids(Path vocabulary, String text) throws IOException {
    Encoding encoding =
        ElectraTokenizer.read(vocabulary, TokenizerOptions.uncased()).encode(text);
    return encoding.ids();
  }

  /** The command. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(Arrays.toString(ids(Path.of(arguments[0]), arguments[1])));
  }
}
