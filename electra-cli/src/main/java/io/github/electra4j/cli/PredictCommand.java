package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.eval.Prediction;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra predict}: what a fine-tuned model says of texts. */
@Command(
    name = "predict",
    headerHeading = "Examples:%n",
    header = {
      "  electra predict runs/sst --text \"a gripping film\"",
      "  electra predict runs/sst --json < reviews.txt",
      "  electra predict runs/rte --data glue --split test > RTE.tsv%n"
    },
    description = {
      "Predict with a fine-tuned model: a line per text with the answer and its probability, or a",
      "JSON object per line. Without --text, lines come from --input or from standard input, a tab",
      "separating the sentences of a pair. With --data, a split of the model's GLUE task is",
      "predicted in the form of the GLUE server: index and prediction."
    },
    showDefaultValues = true)
final class PredictCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Texts computed together; answers appear after as many. */
  private static final int CHUNK = 256;

  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Fine-tuned model: a run or a model folder.")
  private Path path;

  @Mixin private TextArguments text;

  @Option(names = "--data", description = "GLUE folder or the task's folder.")
  private Path data;

  @Option(names = "--split", defaultValue = "test", description = "With --data: the split.")
  private String split;

  @Mixin private InferenceArguments inference;

  @Option(names = "--json", description = "Print a JSON object per line.")
  private boolean json;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelSource source = ModelSource.read(path, console);
    TaskHead head = Tasks.head(source.checkpoint(), inference.task(), path);
    Featurizer featurizer =
        new Featurizer(source.tokenizer(), head, inference.maxSeqLength(source));
    try (FineTunedModel model = FineTunedModel.of(source.checkpoint(), head)) {
      Answers answers = new Answers(head, featurizer, model);
      if (data == null) {
        predictTexts(answers);
      } else {
        predictSplit(answers, GlueTask.named(head.task()));
      }
    }
    return ExitCode.OK;
  }

  private void predictTexts(Answers answers) throws IOException {
    List<TextExample> pending = new ArrayList<>();
    text.forEach(
        pair -> {
          pending.add(
              new TextExample(pending.size(), pair.first(), pair.second(), answers.anyLabel()));
          if (pending.size() == CHUNK) {
            print(answers.of(pending, inference.batchSize(), done -> {}));
            pending.clear();
          }
        });
    if (!pending.isEmpty()) {
      print(answers.of(pending, inference.batchSize(), done -> {}));
    }
  }

  private void print(List<Prediction> predictions) {
    for (Prediction prediction : predictions) {
      Optional<Double> probability =
          prediction.probabilities().values().stream().max(Double::compare);
      if (json) {
        ObjectNode node = MAPPER.createObjectNode().put("answer", prediction.answer());
        if (probability.isPresent()) {
          node.set("probabilities", MAPPER.valueToTree(prediction.probabilities()));
        }
        console.data(node.toString());
      } else {
        console.data(
            prediction.answer()
                + probability.map(p -> String.format(Locale.ROOT, "\t%.4f", p)).orElse(""));
      }
    }
    console.out().flush();
  }

  private void predictSplit(Answers answers, GlueTask task) throws IOException {
    GlueSplit examples = GlueReader.load(task, data, split, GlueReader.ALL);
    ProgressLine progress = new ProgressLine(console, "predicting", 0, examples.examples().size());
    List<Prediction> predictions =
        answers.of(examples.examples(), inference.batchSize(), done -> progress.at(done, ""));
    progress.end();
    if (json) {
      print(predictions);
      return;
    }
    console.data("index\tprediction");
    predictions.forEach(prediction -> console.data(prediction.id() + "\t" + prediction.answer()));
  }
}
