package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.eval.dataset.Utf8Lines;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.TextPair;
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
          + " texts."
    },
    showDefaultValues = true)
@Examples({
  "electra rank runs/qnli --label entailment --query \"who wrote it?\" --documents passages.txt",
  "electra rank models/small --query \"a gripping film\" --documents reviews.txt --top 5",
  "electra rank runs/sts --embeddings --pooling cls --query \"a film\" --documents a.txt --json"
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
      description = {"Which task head, if the model has several.", "  Default: the only one"})
  private String task;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = {"Label of a classification that stands for a fitting pair.", "  Default: 1"})
  private String label;

  @Option(names = "--embeddings", description = "Compare vectors although the model has a head.")
  private boolean embeddings;

  @Mixin private PoolingArguments pooling;

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
    if (embeddings && (task != null || label != null)) {
      throw new WrongUsageException("--embeddings uses no head; leave --task and --label out.");
    }
    List<String> texts = documents();
    ModelSource source = ModelSource.read(path, console);
    LoadedModel model = source.loaded();
    boolean pairs = !embeddings && (task != null || !source.checkpoint().heads().isEmpty());
    double[] scores = pairs ? pairs(model, texts) : cosines(model, texts);
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing(i -> -scores[i])) // stable: equal ones stay in their order
        .limit(top == null ? scores.length : top)
        .forEach(i -> print(scores[i], i + 1, texts.get(i)));
    return ExitCode.OK;
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
