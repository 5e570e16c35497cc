package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.EncodeOptions;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code electra tokenize}: text to pieces, ids and offsets. */
@Command(
    name = "tokenize",
    header = "Turn text into pieces, ids and offsets.",
    description = {
      "A line per text: pieces separated by spaces, or ids, or JSON with offsets into the text in",
      "UTF-16 units and in code points. Without --text, texts are the lines of --input or of standard",
      "input; a tab in a line separates the sentences of a pair."
    },
    showDefaultValues = true)
@Examples({
  "electra tokenize --vocab vocab.txt --text \"Hello, world!\"",
  "electra tokenize --model models/small --ids < corpus.txt > ids.txt",
  "electra tokenize --model models/small --text A --text-b B --json"
})
@OptionGroup(OptionGroup.OUTPUT)
final class TokenizeCommand implements Callable<Integer> {
  private static final String MAX_LENGTH = "--max-length";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Console console;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Mixin private TextArguments text;

  @Option(names = "--cased", description = "With --vocab: keep upper and lower case.")
  @OptionGroup(OptionGroup.INPUT)
  private boolean cased;

  @Option(names = "--ids", description = "Print ids instead of pieces.")
  private boolean ids;

  @Option(
      names = MAX_LENGTH,
      paramLabel = "N",
      description = {"Cut to N tokens, special tokens included.", "  Default: no limit"})
  private Integer maxLength;

  @Option(names = "--no-special-tokens", description = "Leave [CLS] and [SEP] out.")
  private boolean plain;

  @Option(names = "--json", description = "Print a JSON object per line.")
  private boolean json;

  /** Where the vocabulary comes from. */
  @OptionGroup(OptionGroup.INPUT)
  private static final class Source {
    @Option(
        names = "--model",
        paramLabel = "DIR",
        required = true,
        description = "Model whose tokenizer to use.")
    private Path model;

    @Option(
        names = "--vocab",
        paramLabel = "FILE",
        required = true,
        description = "Vocabulary file.")
    private Path vocabulary;
  }

  TokenizeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    text.requireOneSource();
    EncodeOptions options = options();
    ElectraTokenizer tokenizer = tokenizer();
    text.forEach(
        console,
        pair -> {
          Encoding encoding =
              pair.second().isEmpty()
                  ? tokenizer.encode(pair.first(), options)
                  : tokenizer.encode(pair.first(), pair.second(), options);
          console.data(json ? toJson(encoding) : toLine(encoding));
        });
    return ExitCode.OK;
  }

  private EncodeOptions options() {
    EncodeOptions whole = EncodeOptions.defaults().withSpecialTokens(!plain);
    return maxLength == null
        ? whole
        : WrongUsageException.unlessUsable(
            Map.of("EncodeOptions.maxLength", MAX_LENGTH),
            () -> EncodeOptions.maxLength(maxLength).withSpecialTokens(!plain));
  }

  private ElectraTokenizer tokenizer() throws IOException {
    if (source.model != null) {
      return ModelSource.tokenizer(source.model, console);
    }
    TextSettings settings = ModelSource.vocabulary(source.vocabulary, cased);
    return LoadedModel.tokenizer(settings, source.vocabulary.toString());
  }

  private String toLine(Encoding encoding) {
    return ids
        ? IntStream.of(encoding.ids()).mapToObj(Integer::toString).collect(Collectors.joining(" "))
        : String.join(" ", encoding.pieces());
  }

  private static String toJson(Encoding encoding) {
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode pieces = node.putArray("pieces");
    encoding.pieces().forEach(pieces::add);
    add(node, "input_ids", encoding.ids());
    add(node, "token_type_ids", encoding.tokenTypeIds());
    add(node, "attention_mask", encoding.attentionMask());
    add(node, "starts", encoding.starts());
    add(node, "ends", encoding.ends());
    add(node, "code_point_starts", encoding.codePointStarts());
    add(node, "code_point_ends", encoding.codePointEnds());
    add(node, "words", encoding.words());
    add(node, "sequences", encoding.sequences());
    return node.toString();
  }

  private static void add(ObjectNode node, String name, int[] values) {
    ArrayNode array = node.putArray(name);
    for (int value : values) {
      array.add(value);
    }
  }
}
