package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.submission.GlueFile;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** All that the pages of the documentation take for granted, small, under the names used there. */
final class DocsWorld {
  private static final int FEW = 12;
  private static final int LINES = 200;
  private static final String DEMO_BUNDLE = "model.ckpt-0";

  private final Path folder;

  private DocsWorld(Path folder) {
    this.folder = folder;
  }

  /** Writes everything into an empty folder. */
  static void write(Path folder) throws IOException {
    DocsWorld world = new DocsWorld(folder);
    world.texts();
    world.tables();
    world.glue();
    world.otherTasks();
    world.predictions();
    world.settings();
    world.foreignModels();
    world.fineTuned();
  }

  /** Deletes a file or folder, if it is there. */
  static void delete(Path place) throws IOException {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> all = Files.walk(place)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void gzip(String name, String content) throws IOException {
    try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      file.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String reviews(int count, long seed) {
    return DemoReviews.examples(count, seed).stream()
        .map(review -> review.textA() + (review.id() % 10 == 9 ? "\n\n" : "\n"))
        .collect(Collectors.joining());
  }

  private void texts() throws IOException {
    for (String name : List.of("article", "passages", "sentences", "all", "texts")) {
      file(name + ".txt", DemoReviews.toTsv(DemoReviews.examples(FEW, 1)).replaceAll("\t.*", ""));
    }
    file("corpus/some.txt", reviews(LINES, 2));
    file("corpus/more.txt", reviews(LINES, 3));
    file("held-out/text.txt", reviews(LINES, 4));
    gzip("books.txt.gz", reviews(2 * LINES, 5));
    gzip("books-heldout.txt.gz", reviews(LINES, 7));
  }

  /** Own data; the test set has every text with either label, so that half of it is found. */
  private void tables() throws IOException {
    String header = "text,label,review,mood\n";
    StringBuilder train = new StringBuilder(header);
    StringBuilder test = new StringBuilder(header);
    for (TextExample review : DemoReviews.examples(2 * FEW, 6)) {
      train.append(row(review.textA(), review.label().equals("1")));
      test.append(row(review.textA(), true)).append(row(review.textA(), false));
    }
    file("my.csv", train.toString());
    file("my_dev.csv", train.toString());
    file("my_test.csv", test.toString());
  }

  private static String row(String text, boolean praise) {
    String cells = "\"" + text + "\"," + (praise ? "good" : "bad");
    return cells + "," + cells + "\n";
  }

  private void glue() throws IOException {
    DemoFiles.reviews(folder, 2 * FEW, FEW);
    DemoFiles.similarities(folder, FEW, FEW);
    for (String data : List.of("glue", "data")) {
      file(data + "/RTE/train.tsv", DemoTasks.rte(FEW, 1));
      file(data + "/RTE/dev.tsv", DemoTasks.rte(FEW, 2));
      file(data + "/MRPC/train.tsv", paraphrases(1));
      file(data + "/MRPC/dev.tsv", paraphrases(2));
    }
    file("glue/MNLI/train.tsv", DemoTasks.mnli(FEW, 1));
    file("glue/MNLI/dev_matched.tsv", DemoTasks.mnli(FEW, 2));
    file("glue/MNLI/dev_mismatched.tsv", DemoTasks.mnli(FEW, 3));
    file("MRPC/msr_paraphrase_train.txt", paraphrases(1));
    file("MRPC/msr_paraphrase_test.txt", paraphrases(2));
    file(
        "glue/CoLA/test.tsv",
        "index\tsentence\n" + numbered(GlueFile.COLA.rows(), "the film was dull."));
    for (GlueFile each : GlueFile.values()) {
      if (each != GlueFile.COLA && each != GlueFile.WNLI) {
        GlueTask task = each.task();
        String answer = task.isRegression() ? "2.500" : task.labels().get(0);
        file("done/" + each.fileName(), "index\tprediction\n" + numbered(each.rows(), answer));
      }
    }
  }

  private static String numbered(int rows, String word) {
    return IntStream.range(0, rows)
        .mapToObj(row -> row + "\t" + word + "\n")
        .collect(Collectors.joining());
  }

  private static String paraphrases(long seed) {
    StringBuilder lines = new StringBuilder("Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n");
    for (TextExample review : DemoReviews.examples(FEW, seed)) {
      lines.append(review.label()).append("\t1\t2\t").append(review.textA());
      lines.append('\t').append(review.label().equals("1") ? review.textA() : "no.").append('\n');
    }
    return lines.toString();
  }

  private void otherTasks() throws IOException {
    for (String split : List.of("train", "dev")) {
      int seed = split.length();
      file("data/squad/" + split + ".json", DemoTasks.squad(FEW, seed, true));
      file("data/squadv1/" + split + ".json", DemoTasks.squad(FEW, seed, false));
      file("data/chunk/" + split + ".txt", DemoTasks.conll(FEW, seed));
    }
    file("conll2000/train.txt", DemoTasks.conll(FEW, 1));
    file("conll2000/test.txt", DemoTasks.conll(FEW, 2));
    file("dev.json", DemoTasks.squad(FEW, 2, false));
    gzip("train.json.gz", DemoTasks.squad(FEW, 1, false));
  }

  private void predictions() throws IOException {
    file("dev-v1.1.json", DemoTasks.squad(FEW, 2, false));
    file("dev-v2.0.json", DemoTasks.squad(FEW, 2, true));
    List<String> answers = new ArrayList<>();
    List<String> odds = new ArrayList<>();
    for (TextExample review : DemoReviews.examples(FEW, 2)) {
      String id = "\"2-" + review.id() + "\": ";
      answers.add(id + '"' + review.textA().split(" ", -1)[1] + '"');
      odds.add(id + (review.id() % 4 - 2));
    }
    file("preds.json", "{" + String.join(", ", answers) + "}");
    file("odds.json", "{" + String.join(", ", odds) + "}");
    file("SST-2.tsv", "index\tprediction\n" + numbered(FEW, "1"));
    file("out.txt", "the B-NP B-NP\nfilm I-NP O\nwas O O\n");
  }

  private void settings() throws IOException {
    file("hparams.json", TinyPretraining.HPARAMS);
    file("finetune-hparams.json", "{\"task_names\": [\"sst\"], \"num_train_epochs\": 1}");
    file("my-arguments.txt", "--seed 3   # any\n--train-batch-size 8\n");
    file("token.txt", "0123456789abcdef".repeat(4) + "\n");
    Files.createDirectories(folder.resolve("cache"));
  }

  private void foreignModels() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Path small = Files.move(DemoFiles.model(folder), models.resolve("small"));
    Files.move(folder.resolve("electra_demo.zip"), folder.resolve("electra_small.zip"));
    Path electra = Files.move(DemoFiles.tensorflow(folder), folder.resolve("electra_small"));
    Files.copy(electra.resolve("vocab.txt"), folder.resolve("vocab.txt"));
    DemoBert.in(folder.resolve("bert"), folder.resolve("vocab.txt"));
    tensorflow(small, "pretraining", "model.ckpt-500000");
    tensorflow(small, "pretraining", "model.ckpt-1000000");
    tensorflow(small, "models", "model.ckpt-1000000");
    huggingface(small, "discriminator", "google-electra-small");
  }

  /** A checkpoint of the original's, with the state of its optimizer, and without a vocabulary. */
  private void tensorflow(Path model, String target, String bundle) throws IOException {
    Path exported = folder.resolve("exported-here");
    Run.of("convert", model, exported, "--to", "tensorflow", "--zero-slots").exits(ExitCode.OK);
    Files.createDirectories(folder.resolve(target));
    for (String part : List.of(".index", ".data-00000-of-00001")) {
      Files.move(
          exported.resolve(DEMO_BUNDLE + part), folder.resolve(target).resolve(bundle + part));
    }
    delete(exported);
  }

  private void huggingface(Path model, String network, String target) throws IOException {
    Path exported = folder.resolve("exported-here");
    Run.of("convert", model, exported, "--to", "huggingface").exits(ExitCode.OK);
    Files.move(exported.resolve(network), folder.resolve(target));
    delete(exported);
  }

  private void fineTuned() throws IOException {
    for (String task : List.of("sst", "rte", "mrpc", "qnli", "qqp", "sts", "mnli", "cola")) {
      run(task, Tasks.head(GlueTask.named(task)));
    }
    TaskHead sst = Tasks.head(GlueTask.named("sst"));
    run("a", sst);
    run("b", sst);
    TaskHead chunks = new TaskHead.Tagging("chunk", List.of("O", "B-NP", "I-NP"));
    run("squad", new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults()));
    run("several", Tasks.head(GlueTask.named("rte")), Tasks.head(GlueTask.named("mrpc")), chunks);
    huggingface(folder.resolve("runs/mnli"), "mnli", "mnli-from-python");
    Path tagger = DemoFiles.withHeads(small(), folder.resolve("tagger"), List.of(chunks));
    Path original = Files.createDirectories(folder.resolve("finetuning")).resolve("chunk_model_1");
    Run.of("convert", tagger, original, "--to", "tensorflow", "--zero-slots").exits(ExitCode.OK);
    samples("a");
    samples("b");
    ownRun();
  }

  private void samples(String run) {
    Path answers = folder.resolve(run + ".jsonl");
    Path model = folder.resolve("runs").resolve(run);
    Object[] score = {"evaluate", model, "--data", folder.resolve("glue"), "--samples", answers};
    Run.of(score).exits(ExitCode.OK);
  }

  private Path small() {
    return folder.resolve("models/small");
  }

  private void run(String name, TaskHead... heads) throws IOException {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    DemoFiles.withHeads(small(), runs.resolve(name), List.of(heads));
  }

  /** Own data is found again only by a run, which knows its columns. */
  private void ownRun() {
    Path data = folder.resolve("my.csv");
    Path output = folder.resolve("runs/mine");
    Object[] learn = {
      "finetune", small(), "--train", data, "--dev", data, "--output", output, "--epochs", 1
    };
    Run.of(learn).exits(ExitCode.OK);
  }
}
