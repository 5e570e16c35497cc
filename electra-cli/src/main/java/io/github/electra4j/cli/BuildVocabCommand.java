package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.StripAccents;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.train.TextSource;
import io.github.electra4j.tokenizer.train.TrainedVocabulary;
import io.github.electra4j.tokenizer.train.VocabularyOptions;
import io.github.electra4j.tokenizer.train.VocabularyTrainer;
import io.github.electra4j.tokenizer.train.WordCounter;
import io.github.electra4j.tokenizer.train.WordCounts;
import io.github.electra4j.train.corpus.source.CorpusChunk;
import io.github.electra4j.train.corpus.source.CorpusReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code electra build-vocab}: a vocabulary from a corpus. */
@Command(
    name = "build-vocab",
    header = "Learn a WordPiece vocabulary from a corpus.",
    description = {
      "The pieces that occur together most often are joined, again and again. The file is one for"
          + " the",
      "original and for HuggingFace: [PAD] [UNK] [CLS] [SEP] [MASK] come first."
    },
    showDefaultValues = true)
@Examples({
  "electra build-vocab books.txt.gz --output vocab.txt --size 8000",
  "electra build-vocab news wiki.tar.xz --output vocab.txt --cased --min-frequency 5",
  "electra build-vocab corpus --output vocab.txt --unused 994 --alphabet 6000"
})
final class BuildVocabCommand implements Callable<Integer> {
  /** As many as the published English models have. */
  private static final int USUAL_SIZE = 30_522;

  private static final VocabularyOptions USUAL = VocabularyOptions.ofSize(USUAL_SIZE);

  /** What the options are called in the settings that check them. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "VocabularyOptions.size", "--size",
          "VocabularyOptions.minFrequency", "--min-frequency",
          "VocabularyOptions.alphabetLimit", "--alphabet",
          "VocabularyOptions.unusedPieces", "--unused",
          "WordCounter.maxWords", "--max-words");

  private final Console console;

  @Mixin private CorpusArguments arguments;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      description = {
        "Different words in memory, 100 bytes each; if there are more, the rarest are forgotten.",
        "  Default: 4000000"
      })
  @OptionGroup(OptionGroup.INPUT)
  private Integer maxWords;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "Vocabulary to write.")
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(names = "--size", paramLabel = "N", description = "Pieces in all.")
  @OptionGroup(OptionGroup.OUTPUT)
  private int size = USUAL_SIZE;

  @Option(
      names = "--min-frequency",
      paramLabel = "N",
      description = "How often pieces must occur together to be joined.")
  @OptionGroup(OptionGroup.OUTPUT)
  private long minFrequency = USUAL.minFrequency();

  @Option(
      names = "--alphabet",
      paramLabel = "N",
      description = "Different characters at most; words with others are [UNK].")
  @OptionGroup(OptionGroup.OUTPUT)
  private int alphabetLimit = USUAL.alphabetLimit();

  @Option(
      names = "--unused",
      paramLabel = "N",
      description = "Pieces [unused0], ... behind the special tokens, for words added later.")
  @OptionGroup(OptionGroup.OUTPUT)
  private int unusedPieces = USUAL.unusedPieces();

  @Option(names = "--overwrite", description = "Replace a file that is there.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  @Option(names = "--json", description = "Print the report as JSON.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  BuildVocabCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    VocabularyOptions options =
        WrongUsageException.unlessUsable(
            OPTIONS, () -> new VocabularyOptions(size, minFrequency, alphabetLimit, unusedPieces));
    WordCounter counter = counter();
    if (Files.exists(output) && !overwrite) {
      throw new FileAlreadyExistsException(output.toString());
    }
    WordCounts words = count(counter);
    if (words.size() == 0) {
      throw MalformedFileException.in(
          arguments.corpus(), "there is no text in it. Give files with text.");
    }
    TrainedVocabulary trained =
        WrongUsageException.unlessUsable(() -> VocabularyTrainer.train(words, options));
    AtomicFile.write(output, trained.vocabulary().toBytes(), overwrite);
    console.dataBlock(json ? toJson(trained) : toText(trained));
    if (words.rarest() > 1) {
      console.say(
          "Words that occurred fewer than %d times were forgotten on the way; --max-words keeps more."
              .formatted(words.rarest()));
    }
    return ExitCode.OK;
  }

  private WordCounter counter() {
    StripAccents strip = StripAccents.FOLLOW_LOWER_CASE;
    if (arguments.stripAccents().isPresent()) {
      strip = arguments.stripAccents().get() ? StripAccents.ALWAYS : StripAccents.NEVER;
    }
    WordCounter counter =
        WordCounter.of(
                TokenizerOptions.uncased()
                    .withLowerCase(arguments.lowerCase())
                    .withStripAccents(strip))
            .withThreads(arguments.threads());
    return maxWords == null
        ? counter
        : WrongUsageException.unlessUsable(OPTIONS, () -> counter.withMaxWords(maxWords));
  }

  private WordCounts count(WordCounter counter) throws IOException {
    CorpusProgress progress = new CorpusProgress(console, () -> false);
    try (CorpusReader reader = CorpusReader.open(arguments.corpus())) {
      TextSource texts =
          () -> {
            CorpusChunk chunk = reader.next();
            progress.at(reader.bytesRead(), reader.bytesTotal(), "");
            return chunk == null ? null : chunk.text(arguments.invalidUtf8());
          };
      return counter.count(texts);
    }
  }

  private static String toText(TrainedVocabulary trained) {
    return String.format(
        Locale.ROOT,
        """
        pieces                  %,d
          characters            %,d
          joined                %,d
        words                   %,d
          different             %,d
          [UNK]                 %.4f %%
          pieces per word       %.3f
        """,
        trained.vocabulary().size(),
        trained.alphabet(),
        trained.joined(),
        trained.words(),
        trained.differentWords(),
        100 * trained.unknownShare(),
        trained.piecesPerWord());
  }

  private static String toJson(TrainedVocabulary trained) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("pieces", trained.vocabulary().size());
    root.put("characters", trained.alphabet());
    root.put("joined", trained.joined());
    root.put("words", trained.words());
    root.put("different_words", trained.differentWords());
    root.put("unknown_share", trained.unknownShare());
    root.put("pieces_per_word", trained.piecesPerWord());
    return root.toPrettyString();
  }
}
