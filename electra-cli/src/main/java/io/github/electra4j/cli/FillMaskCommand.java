package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.MaskFiller;
import io.github.electra4j.train.inference.MaskFiller.Filling;
import io.github.electra4j.train.inference.MaskFiller.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra fill-mask}: what the generator would put at masks. */
@Command(
    name = "fill-mask",
    header = "Tell what the generator would put at every [MASK].",
    description = {
      "A line per filling: number of the text and of the mask, probability, piece; the most"
          + " probable",
      "first. A [MASK] stands for one piece of the vocabulary; ## at its beginning means that it"
          + " goes",
      "on with the word before it. Several masks are filled independently, each as if the others",
      "stayed masked; with --joint one after the other, the surest first, so that later ones see"
          + " what",
      "was put in. The model must have kept its generator."
    },
    showDefaultValues = true)
@Examples({
  "electra fill-mask models/small --text \"the capital of france is [MASK].\"",
  "electra fill-mask models/small --text \"[MASK] [MASK] rain\" --joint --top 3",
  "electra fill-mask models/small --json < masked.txt > fillings.jsonl"
})
@OptionGroup(OptionGroup.OUTPUT)
final class FillMaskCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Console console;
  private int number;

  @Parameters(
      paramLabel = "MODEL",
      description = "Pre-trained model with a generator: a folder, TensorFlow or HuggingFace.")
  private Path path;

  @Mixin private PlainTextArguments texts;

  @Option(names = "--top", paramLabel = "K", defaultValue = "5", description = "Fillings per mask.")
  private int top;

  @Option(names = "--joint", description = "Fill one mask after the other, the surest first.")
  private boolean joint;

  @Option(names = "--json", description = "Print a JSON object per text.")
  private boolean json;

  FillMaskCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    texts.requireOneSource();
    WrongUsageException.requirePositive("--top", top);
    ModelSource source = ModelSource.read(path, console);
    try (MaskFiller filler = Electra.fillMask(source.loaded())) {
      texts.forEachPart(console, part -> fill(filler, part));
    }
    return ExitCode.OK;
  }

  private void fill(MaskFiller filler, List<String> part) {
    List<List<Turn>> all = WrongUsageException.unlessUsable(() -> turns(filler, part));
    for (int i = 0; i < part.size(); i++) {
      number++;
      if (json) {
        console.data(toJson(part.get(i), all.get(i)));
      } else {
        all.get(i).forEach(this::print);
      }
    }
    console.out().flush();
  }

  private List<List<Turn>> turns(MaskFiller filler, List<String> part) {
    if (joint) {
      return part.stream().map(text -> filler.fillInTurn(text, top)).toList();
    }
    List<List<Turn>> all = new ArrayList<>();
    for (List<List<Filling>> masks : filler.fill(part, top)) {
      List<Turn> turns = new ArrayList<>();
      masks.forEach(fillings -> turns.add(new Turn(turns.size(), fillings)));
      all.add(turns);
    }
    return all;
  }

  private void print(Turn turn) {
    for (Filling filling : turn.fillings()) {
      console.data(
          String.format(
              Locale.ROOT,
              "%d\t%d\t%.4f\t%s",
              number,
              turn.mask() + 1,
              filling.probability(),
              filling.piece()));
    }
  }

  private String toJson(String text, List<Turn> turns) {
    ObjectNode node =
        MAPPER.createObjectNode().put("text", text).put("filled", joint ? "joint" : "independent");
    ArrayNode masks = node.putArray("masks");
    for (Turn turn : turns) {
      ArrayNode fillings = masks.addObject().put("mask", turn.mask() + 1).putArray("fillings");
      for (Filling filling : turn.fillings()) {
        fillings
            .addObject()
            .put("piece", filling.piece())
            .put("whole_word", !filling.piece().startsWith("##"))
            .put("probability", filling.probability());
      }
    }
    return node.toString();
  }
}
