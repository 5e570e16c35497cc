package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.ReplacementDetector;
import io.github.electra4j.train.inference.ReplacementDetector.Token;
import io.github.electra4j.train.inference.ReplacementDetector.Word;
import io.github.electra4j.train.inference.SuspicionHtml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra detect}: which words of a text look replaced. */
@Command(
    name = "detect",
    header = "Show which words of a text look replaced to the discriminator.",
    description = {
      "On a terminal, words stand on a colour that says how probably another word stood there;",
      "elsewhere, words from --threshold on are written as [word|0.93]. A word has the highest",
      "probability of its pieces. The model must be pre-trained: fine-tuning takes the"
          + " replaced-token",
      "head away. Texts longer than the model reads are read in overlapping windows. A high",
      "probability says that a word is improbable here, not that it is wrong."
    },
    showDefaultValues = true)
@Examples({
  "electra detect models/small --text \"the chef ate the meal and then cooked it\"",
  "electra detect models/small --input article.txt --document --html article.html",
  "electra detect models/small --threshold 0.8 --json < lines.txt > lines.jsonl"
})
@OptionGroup(OptionGroup.OUTPUT)
final class DetectCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Console console;

  @Parameters(
      paramLabel = "MODEL",
      description = "Pre-trained model: a folder, TensorFlow or HuggingFace.")
  private Path path;

  @Mixin private PlainTextArguments texts;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      defaultValue = "0.5",
      description = "Probability from which on a word is marked.")
  private double threshold;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "Colours: auto, always or never.")
  private Palette.When color;

  @Option(
      names = "--json",
      description =
          "Print a JSON object per text with offsets (UTF-16) and probabilities of words and"
              + " tokens.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = {"Write a page with the coloured texts, too.", "  Default: none"})
  private Path html;

  @Option(names = "--overwrite", description = "Replace the page.")
  private boolean overwrite;

  DetectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    texts.requireOneSource();
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new WrongUsageException(
          "--threshold is %s; use a probability from 0 to 1.".formatted(threshold));
    }
    if (html != null && !overwrite && Files.exists(html)) {
      throw new FileAlreadyExistsException(
          html.toString(), null, "the page exists already. Choose another, or pass --overwrite.");
    }
    Palette palette = json ? Palette.NONE : Palette.of(color, console.palette(), System.getenv());
    ModelSource source = ModelSource.read(path, console);
    List<String> blocks = new ArrayList<>();
    try (ReplacementDetector detector = Electra.discriminator(source.loaded())) {
      if (palette != Palette.NONE) {
        console.say(palette.legend(threshold));
      }
      texts.forEachPart(console, part -> detect(detector, part, palette, blocks));
    }
    if (html != null) {
      String page = SuspicionHtml.page("Words that look replaced", threshold, blocks);
      AtomicFile.write(html, page.getBytes(StandardCharsets.UTF_8), overwrite);
      console.say("The page is in %s.".formatted(html));
    }
    return ExitCode.OK;
  }

  private void detect(
      ReplacementDetector detector, List<String> part, Palette palette, List<String> blocks) {
    List<List<Token>> tokens = detector.detect(part);
    for (int i = 0; i < part.size(); i++) {
      String text = part.get(i);
      List<Word> words = ReplacementDetector.words(text, tokens.get(i));
      console.dataBlock(json ? toJson(text, words, tokens.get(i)) : marked(text, words, palette));
      if (html != null) {
        blocks.add(SuspicionHtml.paragraph(text, words, threshold));
      }
    }
    console.out().flush();
  }

  private String marked(String text, List<Word> words, Palette palette) {
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (Word word : words) {
      int start = Math.max(done, word.start()); // words that share a character show it once
      int end = Math.max(start, word.end());
      out.append(shown(text.substring(done, start), palette));
      String itself = shown(text.substring(start, end), palette);
      boolean suspicious = word.replaced() >= threshold;
      if (palette != Palette.NONE) {
        out.append(palette.paint(itself, word.replaced(), suspicious));
      } else {
        out.append(
            suspicious ? String.format(Locale.ROOT, "[%s|%.2f]", itself, word.replaced()) : itself);
      }
      done = end;
    }
    return out.append(shown(text.substring(done), palette)).toString();
  }

  private static String shown(String text, Palette palette) {
    return palette == Palette.NONE ? text : Palette.harmless(text);
  }

  private String toJson(String text, List<Word> words, List<Token> tokens) {
    ObjectNode node = MAPPER.createObjectNode().put("text", text);
    ArrayNode wordNodes = node.putArray("words");
    for (Word word : words) {
      add(wordNodes, "word", word.text(), word.start(), word.end(), word.replaced())
          .put("suspicious", word.replaced() >= threshold);
    }
    ArrayNode tokenNodes = node.putArray("tokens");
    for (Token token : tokens) {
      add(tokenNodes, "piece", token.piece(), token.start(), token.end(), token.replaced());
    }
    return node.toString();
  }

  private static ObjectNode add(
      ArrayNode all, String kind, String text, int start, int end, double replaced) {
    return all.addObject()
        .put(kind, text)
        .put("start", start)
        .put("end", end)
        .put("replaced", replaced);
  }
}
