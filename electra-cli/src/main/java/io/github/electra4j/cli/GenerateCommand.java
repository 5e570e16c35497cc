package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.MaskFiller;
import io.github.electra4j.train.inference.TextGenerator;
import io.github.electra4j.train.inference.TextGenerator.Choices;
import io.github.electra4j.train.inference.TextGenerator.Method;
import io.github.electra4j.train.inference.TextGenerator.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra generate}: text for masks, improved in steps. */
@Command(
    name = "generate",
    header = "Write text for masks with the generator, and improve it step by step.",
    description = {
      "A line per text and sample. mask-predict (Ghazvininejad et al. 2019) fills all masks at"
          + " once,",
      "then masks the least certain again, fewer in every step; gibbs draws every token anew, in",
      "random order, in every step. ELECTRA is no model for writing: its generator is small and"
          + " was",
      "trained to fill a seventh of a text, so that the result is locally plausible, seldom more, and"
          + " has",
      "exactly as many tokens as there are masks. Good for augmentation and for looking at a"
          + " generator."
    },
    showDefaultValues = true)
@Examples({
  "electra generate models/small --text \"the [MASK] of the town was [MASK].\"",
  "electra generate models/small --text \"once [MASK] .\" --length 8 --steps 20 --samples 3",
  "electra generate models/small --method gibbs --temperature 0.8 --json < masked.txt"
})
@OptionGroup(OptionGroup.OUTPUT)
final class GenerateCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<String, Method> METHODS =
      Map.of("mask-predict", Method.MASK_PREDICT, "gibbs", Method.GIBBS);

  /** Their names. */
  static final class Methods implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return METHODS.keySet().stream().sorted().iterator();
    }
  }

  private final Console console;

  @Parameters(
      paramLabel = "MODEL",
      description = "Pre-trained model with a generator: a folder, TensorFlow or HuggingFace.")
  private Path path;

  @Mixin private PlainTextArguments texts;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "mask-predict",
      completionCandidates = Methods.class,
      description = "mask-predict or gibbs.")
  private String method;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Steps of improvement.")
  private int steps;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "1",
      description = "Divides the logits to draw from.")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "20",
      description = "Draw from the K most probable pieces; 1 takes the best.")
  private int topK;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "1",
      description = "Pieces that every [MASK] stands for.")
  private int length;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1",
      description = "Results per text; the seed grows by one from each to the next.")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of everything random.")
  private long seed;

  @Option(
      names = "--json",
      description = "Print a JSON object per line, with pieces and their mean log-probability.")
  private boolean json;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    texts.requireOneSource();
    WrongUsageException.requirePositive("--length", length);
    WrongUsageException.requirePositive("--samples", samples);
    Method chosen = METHODS.get(method.toLowerCase(Locale.ROOT));
    if (chosen == null) {
      throw new WrongUsageException(
          "There is no method %s; use mask-predict or gibbs.".formatted(method));
    }
    Choices choices =
        WrongUsageException.unlessUsable(
            Map.of("Choices.steps", "--steps", "topK", "--top-k", "temperature", "--temperature"),
            () -> new Choices(chosen, steps, temperature, topK, seed));
    ModelSource source = ModelSource.read(path, console);
    try (MaskFiller filler = Electra.fillMask(source.loaded())) {
      TextGenerator generator = new TextGenerator(filler);
      texts.forEachPart(console, part -> write(generator, part, choices));
    }
    return ExitCode.OK;
  }

  private void write(TextGenerator generator, List<String> part, Choices choices) {
    String masks = String.join(" ", Collections.nCopies(length, MaskFiller.MASK));
    for (String text : part) {
      for (int sample = 0; sample < samples; sample++) {
        Choices drawn =
            new Choices(
                choices.method(),
                choices.steps(),
                choices.temperature(),
                choices.topK(),
                choices.seed() + sample);
        Written written =
            WrongUsageException.unlessUsable(
                () -> generator.write(text.replace(MaskFiller.MASK, masks), drawn));
        console.data(json ? toJson(text, written, drawn.seed()) : written.text());
      }
    }
    console.out().flush();
  }

  private static String toJson(String text, Written written, long seed) {
    ObjectNode node = MAPPER.createObjectNode().put("text", text).put("generated", written.text());
    node.set("pieces", MAPPER.valueToTree(written.pieces()));
    return node.put("log_probability", written.logProbability()).put("seed", seed).toString();
  }
}
