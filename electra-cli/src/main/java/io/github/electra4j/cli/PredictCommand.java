package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.eval.Prediction;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.inference.LoadedModel;
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
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra predict}: what a fine-tuned model says of texts. */
@Command(
    name = "predict",
    header = "Tell what a fine-tuned model says of texts.",
    description = {
      "A line per text with the answer and its probability, or a JSON object per line. Without",
      "--text, texts are the lines of --input or of standard input; a tab in a line separates the",
      "sentences of a pair. With --test, texts are the rows of a file with named columns. With --data,",
      "a split of the model's GLUE task is predicted in the form of the GLUE server: index and",
      "prediction. Models for question answering take --question and --context, or a file of SQuAD's",
      "or MRQA's with --test, whatever its number of questions. Taggers and models for intents take",
      "texts, or a file of their task with --test."
    },
    showDefaultValues = true)
@Examples({
  "electra predict runs/sst --text \"a gripping film\"",
  "electra predict runs/mine --test new.csv",
  "electra predict runs/rte --data glue --split test > RTE.tsv"
})
@OptionGroup(OptionGroup.INPUT)
final class PredictCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Texts computed together; answers appear after as many. */
  private static final int CHUNK = 256;

  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Fine-tuned model: a run or a model folder.")
  private Path path;

  @Mixin private TextArguments text;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Predict a split of the model's task: GLUE folder or the task's folder.",
        "  Default: texts as above"
      })
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = {"With --data: the split.", "  Default: test"})
  private String split;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = {
        "Predict the rows of own data: .csv, .tsv or .jsonl; SQuAD's or MRQA's file.",
        "  Default: texts as above"
      })
  private Path test;

  @Mixin private OwnDataArguments columns;

  @Mixin private AskArguments ask;

  @Option(
      names = {"--task", "--tasks"},
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description = {"Which task head, if the model has several.", "  Default: the only one"})
  private List<String> tasks = List.of();

  @Mixin private InferenceArguments inference;

  @Option(names = "--json", description = "Print a JSON object per line.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    inference.check();
    text.requireOneSource();
    requireOneSource();
    if (tasks.size() > 1) {
      throw new WrongUsageException("Give one --task; this command uses one head.");
    }
    ModelSource source = ModelSource.read(path, console);
    TaskHead any = Tasks.head(source.checkpoint(), tasks.stream().findFirst(), path);
    if (any instanceof TaskHead.SpanAnswer answers) {
      return ask.predict(new Candidate(source, any), answers, inference, test, json, console);
    }
    ask.refuse();
    if (OtherTasks.isOther(any)) {
      return predictOther(source, any);
    }
    TaskHead head = Tasks.requireTextHead(any, path);
    Optional<GlueSplit> examples = data == null ? Optional.empty() : Optional.of(split(head));
    Reading reading = inference.reading(source, Optional.empty());
    Featurizer featurizer = new Featurizer(reading.tokenizer(), head, reading.maxSeqLength());
    try (FineTunedModel model = FineTunedModel.of(source.checkpoint(), head)) {
      Answers answers = new Answers(head, featurizer, model);
      if (examples.isPresent()) {
        predictSplit(answers, examples.get());
      } else {
        predictTexts(answers);
      }
      answers.remark(reading, source.checkpoint().config().maxPositions()).ifPresent(console::say);
    }
    return ExitCode.OK;
  }

  private int predictOther(ModelSource source, TaskHead head) throws IOException {
    if (test == null && data == null && WordPredictor.labelsWords(head)) {
      LoadedModel model = source.loaded().withHead(head.task());
      WordPredictor predictor = new WordPredictor(console, json);
      if (head instanceof TaskHead.Tagging) {
        predictor.tags(model, text);
      } else {
        predictor.intents(model, text);
      }
      return ExitCode.OK;
    }
    if (test == null) {
      throw new WrongUsageException(
          "The head for %s reads files of its own form. Give one with --test."
              .formatted(head.task()));
    }
    Reading reading = inference.reading(source, Optional.empty());
    try (FineTunedModel model = FineTunedModel.of(source.checkpoint(), head)) {
      OtherPredictor predictor = new OtherPredictor(reading, model, console, json);
      if (head instanceof TaskHead.Tagging tagging) {
        predictor.tags(tagging, test);
      } else if (head instanceof TaskHead.PairRanking ranking) {
        predictor.choices(ranking, test);
      } else if (head instanceof TaskHead.IntentAndSlots intents) {
        predictor.intents(intents, test);
      }
    }
    return ExitCode.OK;
  }

  private void requireOneSource() {
    if (data == null ? split != null : text.isGiven() || test != null) {
      throw new WrongUsageException(
          "Give --data, with or without --split, or texts, but not parts of both.");
    }
    if (ask.isQuestion() && (test != null || data != null || text.isGiven())) {
      throw new WrongUsageException("Give --question and --context, or --test, or texts.");
    }
    if (test == null ? columns.isGiven() : text.isGiven()) {
      throw new WrongUsageException(
          "Give --test, with or without columns, or texts, but not parts of both.");
    }
  }

  private GlueSplit split(TaskHead head) throws IOException {
    GlueTask task = Tasks.glue(head, path);
    String name = split == null ? "test" : split;
    Tasks.requireSplit(task, name);
    return GlueReader.load(task, data, name, GlueReader.ALL);
  }

  private void predictTexts(Answers answers) throws IOException {
    List<TextExample> pending = new ArrayList<>();
    OwnData.Consumer each =
        (first, second) -> {
          pending.add(new TextExample(pending.size(), first, second, answers.anyLabel()));
          if (pending.size() == CHUNK) {
            print(answers.of(pending, inference.batchSize(), done -> {}));
            pending.clear();
          }
        };
    if (test == null) {
      text.forEach(console, pair -> each.accept(pair.first(), pair.second()));
    } else {
      OwnData.forEach(test, columns.where(new RunFolder(path).settings()), each);
    }
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

  private void predictSplit(Answers answers, GlueSplit examples) throws IOException {
    ProgressLine progress = new ProgressLine(console, "predicting", 0, examples.examples().size());
    List<Prediction> predictions =
        answers.of(examples.examples(), inference.batchSize(), done -> progress.at(done, ""));
    if (json) {
      print(predictions);
      return;
    }
    console.data("index\tprediction");
    predictions.forEach(prediction -> console.data(prediction.id() + "\t" + prediction.answer()));
  }
}
