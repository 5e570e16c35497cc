package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.eval.dataset.Utf8Lines;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.Bm25;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.PairScorer;
import io.github.electra4j.train.inference.TextEmbedder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra rank}: which documents fit a query best. */
@Command(
    name = "rank",
    header = "Order documents by how well they fit a query.",
    description = {
      "A line per document, best first: score, number of its line, text; of equal scores the"
          + " earlier",
      "line comes first. A model that was fine-tuned on pairs reads query and document together",
      "(cross-encoder) and scores them with its head. A model without a head, or any with",
      "--embeddings, compares vectors by their cosine (bi-encoder). Beware: vectors of a model"
          + " that",
      "was only pre-trained are a weak measure of similarity; ELECTRA was not trained to compare"
          + " texts.",
      "With --retrieve the model only reads the documents that share most words with the query, as",
      "BM25 counts them: the way to rank many."
    },
    showDefaultValues = true)
@Examples({
  "electra rank runs/qnli --label entailment --query \"who wrote it?\" --documents passages.txt",
  "electra rank models/small --query \"a gripping film\" --documents reviews.txt --top 5",
  "electra rank runs/sts --embeddings --pooling cls --query \"a film\" --documents a.txt --json",
  "electra rank runs/qnli --query \"who?\" --documents all.txt --retrieve 100 --top 10"
})
@OptionGroup(OptionGroup.INPUT)
final class RankCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Model: a folder or run.")
  private Path path;

  @Option(names = "--query", paramLabel = "TEXT", required = true, description = "What is sought.")
  private String query;

  @Option(
      names = "--documents",
      paramLabel = "FILE",
      required = true,
      description = "UTF-8 file with a document per line.")
  private Path documents;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description = {"Which task head, if the model has several.", "  Default: the only one"})
  private String task;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = {
        "Label of a classification that stands for a fitting pair.",
        "  Default: 1; entailment where there is no 1"
      })
  private String label;

  @Option(names = "--embeddings", description = "Compare vectors although the model has a head.")
  private boolean embeddings;

  @Mixin private PoolingArguments pooling;

  @Option(
      names = "--retrieve",
      paramLabel = "N",
      description = {
        "Let the model read the best N by BM25 alone; the others are not printed.",
        "  Default: all documents"
      })
  private Integer retrieve;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = {"Print the best K alone.", "  Default: all documents"})
  @OptionGroup(OptionGroup.OUTPUT)
  private Integer top;

  @Option(names = "--json", description = "Print a JSON object per document.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  RankCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (top != null) {
      WrongUsageException.requirePositive("--top", top);
    }
    if (retrieve != null) {
      WrongUsageException.requirePositive("--retrieve", retrieve);
    }
    if (embeddings && (task != null || label != null)) {
      throw new WrongUsageException("--embeddings uses no head; leave --task and --label out.");
    }
    List<String> texts = documents();
    ModelSource source = ModelSource.read(path, console);
    LoadedModel model = source.loaded();
    List<Integer> read = retrieved(model, texts);
    List<String> candidates = read.stream().map(texts::get).toList();
    boolean pairs = !embeddings && (task != null || !source.checkpoint().heads().isEmpty());
    double[] scores = pairs ? pairs(model, candidates) : cosines(model, candidates);
    best(scores, top == null ? scores.length : top)
        .forEach(i -> print(scores[i], read.get(i) + 1, candidates.get(i)));
    return ExitCode.OK;
  }

  /** Indices of the documents that the model is to read, ascending. */
  private List<Integer> retrieved(LoadedModel model, List<String> texts) {
    if (retrieve == null || retrieve >= texts.size()) {
      return IntStream.range(0, texts.size()).boxed().toList();
    }
    double[] scores = new Bm25(model.tokenizer(), texts).scores(query);
    return best(scores, retrieve).sorted().toList();
  }

  /** Indices of the highest scores, best first; of equal ones the earlier comes first. */
  private static Stream<Integer> best(double[] scores, int limit) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing(i -> -scores[i])) // stable: equal ones stay in their order
        .limit(limit);
  }

  private List<String> documents() throws IOException {
    List<String> texts = new ArrayList<>();
    try (InputStream in = Files.newInputStream(InputFiles.existing(documents))) {
      Utf8Lines lines = Utf8Lines.of(in, documents.toString());
      for (String line = lines.next(); line != null; line = lines.next()) {
        texts.add(line);
      }
    }
    return texts;
  }

  private double[] pairs(LoadedModel model, List<String> texts) throws IOException {
    TaskHead head = Tasks.head(model.checkpoint(), Optional.ofNullable(task), path);
    if (label != null) {
      Tasks.requireLabel(List.of(head), label);
    }
    try (PairScorer scorer = Electra.pairScorer(model, head, Optional.ofNullable(label))) {
      return scorer.scores(texts.stream().map(text -> new TextPair(query, text)).toList());
    }
  }

  private double[] cosines(LoadedModel model, List<String> texts) {
    console.say("Comparing vectors, which is weak unless the model was trained for it.");
    try (TextEmbedder embedder = Electra.embedder(model)) {
      float[] wanted = embedder.embed(List.of(query), pooling.pooling()).get(0);
      return embedder.embed(texts, pooling.pooling()).stream()
          .mapToDouble(vector -> rounded(TextEmbedder.cosine(wanted, vector)))
          .toArray();
    }
  }

  /** Without the digits that depend on which texts are computed together, so that ties are ties. */
  private static double rounded(double cosine) {
    return Math.rint(cosine * 1e5) / 1e5;
  }

  private void print(double score, int line, String text) {
    console.data(
        json
            ? MAPPER
                .createObjectNode()
                .put("score", score)
                .put("line", line)
                .put("text", text)
                .toString()
            : String.format(Locale.ROOT, "%.4f\t%d\t%s", score, line, text));
  }
}
