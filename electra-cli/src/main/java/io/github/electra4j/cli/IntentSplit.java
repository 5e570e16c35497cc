package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.eval.dataset.IntentReader;
import io.github.electra4j.eval.metric.IntentTally;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.IntentExample;
import io.github.electra4j.train.task.IntentFeaturizer;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Utterances with an intent and a slot per word.
 *
 * @param head the head for both
 * @param name of the split
 * @param file where it was read from; of a folder, the file of the words
 * @param examples utterances
 * @param partial whether there are more
 */
record IntentSplit(
    TaskHead.IntentAndSlots head,
    String name,
    Path file,
    List<IntentExample> examples,
    boolean partial)
    implements TaskSplit {
  /** The task of this kind. */
  static final String NAME = "intent";

  /** The lesson of a training file or folder and one to be judged by. */
  static Lesson lesson(String task, List<Path> places, int limit) throws IOException {
    List<IntentExample> train = IntentReader.read(places.get(0));
    List<IntentExample> dev = IntentReader.read(places.get(1));
    TreeSet<String> intents = new TreeSet<>();
    TreeSet<String> slots = new TreeSet<>();
    for (List<IntentExample> each : List.of(train, dev)) {
      each.forEach(example -> intents.add(example.intent()));
      each.forEach(example -> slots.addAll(example.words().tags()));
    }
    if (intents.size() < 2) {
      throw MalformedFileException.in(
          places.get(0), "every utterance has the intent %s. Give others, too.".formatted(intents));
    }
    TaskHead.IntentAndSlots head =
        new TaskHead.IntentAndSlots(task, List.copyOf(intents), List.copyOf(slots));
    return new Lesson(
        of(head, "train", places.get(0), train, limit),
        of(head, "dev", places.get(1), dev, limit),
        Lesson.USUAL_EPOCHS,
        Lesson.USUAL_LENGTH);
  }

  /** The split of a file or folder for a head that is there. */
  static IntentSplit open(TaskHead.IntentAndSlots head, String name, Path place, int limit)
      throws IOException {
    List<IntentExample> examples = IntentReader.read(place);
    for (IntentExample each : examples) {
      requireKnown(place, each, "intent", each.intent(), head.intents());
      for (String slot : each.words().tags()) {
        requireKnown(place, each, "slot", slot, head.slots());
      }
    }
    return of(head, name, place, examples, limit);
  }

  private static void requireKnown(
      Path place, IntentExample example, String what, String label, List<String> known)
      throws MalformedFileException {
    if (!known.contains(label)) {
      throw MalformedFileException.in(
          place,
          "utterance %d has the %s \"%s\", which did not occur in training; known: %s. Correct it, or leave the utterance out."
              .formatted(example.words().id() + 1, what, label, known));
    }
  }

  /** The utterances of a file or folder, whatever their intents and slots. */
  static List<IntentExample> unlabelled(Path place) throws IOException {
    return IntentReader.read(place).stream()
        .map(
            each ->
                new IntentExample(
                    new TaggedSentence(each.words().id(), each.words().words(), List.of()), ""))
        .toList();
  }

  private static IntentSplit of(
      TaskHead.IntentAndSlots head, String name, Path place, List<IntentExample> all, int limit) {
    Path file = Files.isDirectory(place) ? place.resolve("seq.in") : place;
    boolean partial = all.size() > limit;
    return new IntentSplit(head, name, file, partial ? all.subList(0, limit) : all, partial);
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public TaskSplit first(int most) {
    return size() <= most
        ? this
        : new IntentSplit(head, name, file, examples.subList(0, most), true);
  }

  @Override
  public List<TaskExample> features(Reading reading) {
    return newFeatures(reading); // of a folder, the key would know one file of three
  }

  @Override
  public List<TaskExample> newFeatures(Reading reading) {
    return new IntentFeaturizer(reading.tokenizer(), head, reading.maxSeqLength())
        .examples(examples);
  }

  @Override
  public String form() {
    return "intents";
  }

  @Override
  public SplitScore score(FineTunedModel model, Reading reading, ScoreListener listener)
      throws IOException {
    List<HeadOutput> outputs =
        model.answers(features(reading), reading.batchSize(), listener::onProgress);
    IntentTally tally = new IntentTally();
    for (int i = 0; i < outputs.size(); i++) {
      HeadOutput.IntentScores scores = (HeadOutput.IntentScores) outputs.get(i);
      List<String> slots = TagSplit.tags(head.slots(), scores.slots());
      String intent = head.intents().get(BestPositions.first(scores.intents()));
      IntentExample example = examples.get(i);
      List<String> gold = example.words().tags().subList(0, slots.size());
      tally.add(
          new IntentTally.Frame(example.intent(), gold), new IntentTally.Frame(intent, slots));
      listener.onAnswer(
          new ScoreListener.Sample(
              Long.toString(example.words().id()),
              example.intent() + " " + String.join(" ", gold),
              intent + " " + String.join(" ", slots)));
    }
    return new SplitScore(
        List.of(
            percent("intent_accuracy", tally.intentAccuracy()),
            percent("slot_f1", tally.slots().overall().f1()),
            percent("exact", tally.exactMatch())),
        Optional.empty());
  }

  private static MetricValue percent(String name, double share) {
    return new MetricValue(name, 100 * share, true, true);
  }
}
