package io.github.electra4j.eval.dataset;

import io.github.electra4j.eval.metric.TagScheme;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.IntentExample;
import io.github.electra4j.train.task.TaggedSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads utterances with an intent and a slot per word, in one of two layouts:
 *
 * <ul>
 *   <li>a folder with {@code seq.in} (words), {@code seq.out} (slots) and {@code label} (intent),
 *       one utterance per line, as ATIS and SNIPS are usually passed on;
 *   <li>a file like CoNLL's, in which a line {@code # intent: NAME} stands above the words.
 * </ul>
 */
public final class IntentReader {
  private static final Pattern INTENT = Pattern.compile("#\\s*intent\\s*[:=]\\s*(\\S.*?)\\s*");

  private IntentReader() {}

  /**
   * All utterances.
   *
   * @param place the folder or the file
   * @throws java.io.FileNotFoundException if a file is not there
   * @throws MalformedFileException if the files differ in their number of lines, an utterance in
   *     its number of words and slots, or if an intent is missing
   */
  public static List<IntentExample> read(Path place) throws IOException {
    return Files.isDirectory(place) ? readFolder(place) : readFile(place);
  }

  private static List<IntentExample> readFolder(Path folder) throws IOException {
    List<IntentExample> examples = new ArrayList<>();
    try (Utf8Lines words = Utf8Lines.open(folder.resolve("seq.in"));
        Utf8Lines slots = Utf8Lines.open(folder.resolve("seq.out"));
        Utf8Lines intents = Utf8Lines.open(folder.resolve("label"))) {
      while (true) {
        String text = words.next();
        String tags = slots.next();
        String intent = intents.next();
        if (text == null && tags == null && intent == null) {
          break;
        }
        if (text == null || tags == null || intent == null) {
          throw MalformedFileException.in(
              folder,
              "seq.in, seq.out and label differ in length: one of them ends after line %d. Get them again."
                  .formatted(examples.size()));
        }
        examples.add(example(examples.size(), words, Cells.of(text), Cells.of(tags), intent));
      }
    }
    return some(folder, examples);
  }

  private static IntentExample example(
      long id, Utf8Lines lines, String[] words, String[] slots, String intent)
      throws MalformedFileException {
    if (words.length == 0 || words.length != slots.length) {
      throw lines.malformed(
          "found %d word(s) and %d slot(s), wanted a slot for each word. Correct the line."
              .formatted(words.length, slots.length));
    }
    if (intent.isBlank()) {
      throw lines.malformed("the intent of this utterance is empty. Give one.");
    }
    for (String slot : slots) {
      requireSlot(lines, slot);
    }
    TaggedSentence sentence = new TaggedSentence(id, Arrays.asList(words), Arrays.asList(slots));
    return new IntentExample(sentence, intent.strip());
  }

  private static void requireSlot(Utf8Lines lines, String slot) throws MalformedFileException {
    Optional<String> fault = TagScheme.IOBES.fault(slot);
    if (fault.isPresent()) {
      throw lines.malformed(fault.get() + ". Correct it.");
    }
  }

  private static List<IntentExample> readFile(Path file) throws IOException {
    List<IntentExample> examples = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      Optional<String> intent = Optional.empty();
      List<String> words = new ArrayList<>();
      List<String> slots = new ArrayList<>();
      boolean more = true;
      while (more) {
        String line = lines.next();
        more = line != null;
        Matcher named = INTENT.matcher(more ? line : "");
        String[] cells = Cells.of(more ? line : "");
        if (words.isEmpty() && named.matches()) {
          intent = Optional.of(named.group(1));
        } else if (cells.length > 0) {
          requireIntent(lines, intent);
          addWord(lines, cells, words, slots);
        } else if (!words.isEmpty()) {
          TaggedSentence sentence = new TaggedSentence(examples.size(), words, slots);
          examples.add(new IntentExample(sentence, intent.orElseThrow()));
          intent = Optional.empty();
          words.clear();
          slots.clear();
        }
      }
    }
    return some(file, examples);
  }

  private static void requireIntent(Utf8Lines lines, Optional<String> intent)
      throws MalformedFileException {
    if (intent.isEmpty()) {
      throw lines.malformed(
          "the utterance has no intent. Write a line \"# intent: NAME\" above its first word.");
    }
  }

  private static void addWord(
      Utf8Lines lines, String[] cells, List<String> words, List<String> slots)
      throws MalformedFileException {
    if (cells.length < 2) {
      throw lines.malformed(
          "found 1 column, wanted a word and its slot: \"%s\". Complete the line."
              .formatted(Quoted.shortened(cells[0])));
    }
    String slot = cells[cells.length - 1];
    requireSlot(lines, slot);
    words.add(cells[0]);
    slots.add(slot);
  }

  private static List<IntentExample> some(Path place, List<IntentExample> examples)
      throws MalformedFileException {
    if (examples.isEmpty()) {
      throw MalformedFileException.in(place, "there is no utterance in it. Give some.");
    }
    return examples;
  }
}
