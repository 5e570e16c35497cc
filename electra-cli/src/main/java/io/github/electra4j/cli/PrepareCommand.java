package io.github.electra4j.cli;

import io.github.electra4j.model.TextSettings;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.corpus.Preparation;
import io.github.electra4j.train.corpus.PrepareConfig;
import io.github.electra4j.train.corpus.PrepareConfig.Documents;
import io.github.electra4j.train.corpus.PrepareReport;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code electra prepare}: a corpus to pre-training examples. */
@Command(
    name = "prepare",
    header = "Turn a corpus into examples for pre-training.",
    description = {
      "A line is a sentence or a paragraph; blank lines and ends of files end documents. The"
          + " output",
      "folder gets pretrain_data.tfrecord-I-of-N, which the original reads too, vocab.txt and",
      "report.json. The report also goes to standard output."
    },
    showDefaultValues = true)
@Examples({
  "electra prepare books.txt.gz --vocab vocab.txt --output examples",
  "electra prepare news wiki.tar.xz --vocab vocab.txt --output examples --max-seq-length 512",
  "electra prepare openwebtext --vocab vocab.txt --output examples --file-is-document"
})
final class PrepareCommand implements Callable<Integer> {
  private static final String LENGTH = "--max-seq-length";
  private static final String SHARDS = "--shards";
  private static final String LINE_TOKENS = "--max-line-tokens";

  /** What the options are called in the configuration that checks them. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "PrepareConfig.maxSeqLength", LENGTH,
          "PrepareConfig.shards", SHARDS,
          "PrepareConfig.maxLineTokens", LINE_TOKENS);

  private final Console console;
  private final Interruption interruption;

  @Mixin private CorpusArguments arguments;

  @Option(
      names = "--vocab",
      paramLabel = "FILE",
      required = true,
      description = "Vocabulary, one piece per line.")
  @OptionGroup(OptionGroup.INPUT)
  private Path vocabulary;

  @Option(
      names = "--file-is-document",
      description = "Every file is one document; blank lines mean nothing.")
  @OptionGroup(OptionGroup.INPUT)
  private boolean fileIsDocument;

  @Option(
      names = LINE_TOKENS,
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description = {
        "Cut longer lines into several, so that less is discarded of long paragraphs.",
        "  Default: 0, no limit, as the original"
      })
  @OptionGroup(OptionGroup.INPUT)
  private int maxLineTokens = PrepareConfig.standard().maxLineTokens();

  @Option(names = "--output", paramLabel = "DIR", required = true, description = "Folder to write.")
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(
      names = LENGTH,
      paramLabel = "N",
      description = "Tokens of an example, special tokens included.")
  @OptionGroup(OptionGroup.OUTPUT)
  private int maxSeqLength = PrepareConfig.standard().maxSeqLength();

  @Option(
      names = SHARDS,
      paramLabel = "N",
      description = "Number of files; the original makes 1000.")
  @OptionGroup(OptionGroup.OUTPUT)
  private int shards = PrepareConfig.standard().shards();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random.")
  @OptionGroup(OptionGroup.OUTPUT)
  private long seed = PrepareConfig.standard().seed();

  @Option(names = "--overwrite", description = "Replace examples that are there.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  @Option(names = "--json", description = "Print the report as JSON.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  PrepareCommand(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public Integer call() throws IOException {
    int threads = arguments.threads();
    PrepareConfig config = WrongUsageException.unlessUsable(OPTIONS, this::config);
    ElectraTokenizer tokenizer = tokenizer();
    interruption.watch("stopping, nothing will be written");
    Preparation preparation =
        Preparation.of(tokenizer, config)
            .withThreads(threads)
            .withListener(new CorpusProgress(console, interruption::isRequested));
    PrepareReport report;
    try {
      report = preparation.run(arguments.corpus(), output, overwrite);
    } catch (InterruptedIOException e) {
      console.say(e.getMessage());
      return ExitCode.INTERRUPTED;
    }
    console.dataBlock(json ? report.toJson(config, tokenizer.options()) : report.toText());
    return ExitCode.OK;
  }

  private PrepareConfig config() {
    return new PrepareConfig(
        maxSeqLength,
        shards,
        seed,
        fileIsDocument ? Documents.FILES : Documents.BLANK_LINES,
        maxLineTokens,
        arguments.invalidUtf8());
  }

  private ElectraTokenizer tokenizer() throws IOException {
    TextSettings text =
        new TextSettings(
            Files.readAllBytes(InputFiles.existing(vocabulary)),
            arguments.lowerCase(),
            arguments.stripAccents());
    return LoadedModel.tokenizer(text, vocabulary.toString());
  }
}
