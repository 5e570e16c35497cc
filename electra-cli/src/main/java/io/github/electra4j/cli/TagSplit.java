package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.eval.dataset.ConllLayout;
import io.github.electra4j.eval.dataset.ConllReader;
import io.github.electra4j.eval.metric.ChunkScore;
import io.github.electra4j.eval.metric.ChunkTally;
import io.github.electra4j.eval.metric.TagScheme;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.chunk.ChunkDecoding;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TagFeaturizer;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Sentences with a label per word, from a CoNLL file. Labels of chunks and names are learnt as
 * IOBES, as in the original; others as they are.
 *
 * @param head the head for labels
 * @param name of the split
 * @param file where it was read from
 * @param sentences with labels of the head
 * @param partial whether there are more
 */
record TagSplit(
    TaskHead.Tagging head, String name, Path file, List<TaggedSentence> sentences, boolean partial)
    implements TaskSplit {
  private static final String NOTHING = "O";

  /** Sentences as a file has them. */
  private record Raw(Path file, List<TaggedSentence> sentences, boolean partial) {
    static Raw read(Path file, int limit) throws IOException {
      List<TaggedSentence> sentences = new ArrayList<>();
      try (ConllReader reader =
          ConllReader.open(InputFiles.existing(file), ConllLayout.usual(TagScheme.PLAIN))) {
        for (TaggedSentence next = reader.next(); next != null; next = reader.next()) {
          if (sentences.size() == limit) {
            return new Raw(file, sentences, true);
          }
          sentences.add(next);
        }
      }
      return new Raw(file, sentences, false);
    }

    List<String> tags() {
      return sentences.stream().flatMap(sentence -> sentence.tags().stream()).distinct().toList();
    }
  }

  /**
   * The lesson of a training file and a file to be judged by.
   *
   * @param task name of the head
   */
  static Lesson lesson(String task, List<Path> files, int length, int limit) throws IOException {
    Raw train = Raw.read(files.get(0), limit);
    Raw dev = Raw.read(files.get(1), limit);
    List<String> all = new ArrayList<>(train.tags());
    all.addAll(dev.tags());
    boolean chunks = TagScheme.of(all) != TagScheme.PLAIN;
    TreeSet<String> labels = new TreeSet<>();
    for (Raw raw : List.of(train, dev)) {
      raw.sentences().forEach(each -> labels.addAll(learnt(task, each.tags(), chunks)));
    }
    TaskHead.Tagging head =
        WrongUsageException.unlessUsable(() -> new TaskHead.Tagging(task, List.copyOf(labels)));
    return new Lesson(of(head, "train", train), of(head, "dev", dev), Lesson.USUAL_EPOCHS, length);
  }

  /** The split of a file for a head that is there. */
  static TagSplit open(TaskHead.Tagging head, String name, Path file, int limit)
      throws IOException {
    return of(head, name, Raw.read(file, limit));
  }

  private static TagSplit of(TaskHead.Tagging head, String name, Raw raw)
      throws MalformedFileException {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (TaggedSentence each : raw.sentences()) {
      List<String> tags = learnt(head.task(), each.tags(), isChunks(head));
      for (String tag : tags) {
        if (!head.labels().contains(tag)) {
          throw MalformedFileException.in(
              raw.file(),
              "sentence %d has the label \"%s\", which did not occur in training; known: %s. Correct it, or leave the sentence out."
                  .formatted(each.id() + 1, tag, head.labels()));
        }
      }
      sentences.add(new TaggedSentence(each.id(), each.words(), tags));
    }
    return new TagSplit(head, name, raw.file(), List.copyOf(sentences), raw.partial());
  }

  private static boolean isChunks(TaskHead.Tagging head) {
    return TagScheme.of(head.labels()) != TagScheme.PLAIN;
  }

  private static List<String> learnt(String task, List<String> tags, boolean chunks) {
    return chunks ? TagScheme.IOBES.write(tags, decoding(task)) : tags;
  }

  private static ChunkDecoding decoding(String task) {
    return task.equals("chunk") ? ChunkDecoding.ORIGINAL : ChunkDecoding.CONLLEVAL;
  }

  @Override
  public int size() {
    return sentences.size();
  }

  @Override
  public TaskSplit first(int most) {
    return size() <= most ? this : new TagSplit(head, name, file, sentences.subList(0, most), true);
  }

  @Override
  public List<TaskExample> newFeatures(Reading reading) {
    return TagFeaturizer.of(reading.tokenizer(), head, reading.maxSeqLength()).examples(sentences);
  }

  @Override
  public String form() {
    return "tags";
  }

  @Override
  public SplitScore score(FineTunedModel model, Reading reading, ScoreListener listener)
      throws IOException {
    List<HeadOutput> outputs =
        model.answers(features(reading), reading.batchSize(), listener::onProgress);
    ChunkTally tally = new ChunkTally(decoding(head.task()));
    boolean found = false;
    for (int i = 0; i < outputs.size(); i++) {
      List<String> tags = tags(head.labels(), ((HeadOutput.WordScores) outputs.get(i)).logits());
      List<String> gold = sentences.get(i).tags().subList(0, tags.size());
      tally.add(gold, tags);
      found |= tags.stream().distinct().count() > 1;
      listener.onAnswer(
          new ScoreListener.Sample(
              Long.toString(sentences.get(i).id()),
              String.join(" ", gold),
              String.join(" ", tags)));
    }
    return new SplitScore(
        metrics(tally),
        found ? Optional.empty() : Optional.of("every word of a sentence gets the same label"));
  }

  private List<MetricValue> metrics(ChunkTally tally) {
    MetricValue accuracy = percent("accuracy", tally.tagAccuracy());
    if (!isChunks(head)) {
      return List.of(accuracy);
    }
    ChunkScore all = tally.overall();
    return List.of(
        percent("f1", all.f1()),
        percent("precision", all.precision()),
        percent("recall", all.recall()),
        accuracy);
  }

  private static MetricValue percent(String name, double share) {
    return new MetricValue(name, 100 * share, true, true);
  }

  /**
   * The best label of every word.
   *
   * @param logits {@code [words, labels]}
   */
  static List<String> tags(List<String> labels, float[][] logits) {
    List<String> tags = new ArrayList<>();
    for (float[] word : logits) {
      tags.add(labels.get(BestPositions.first(word)));
    }
    return tags;
  }

  /** The label of a word that was cut off. */
  static String unknown(List<String> labels) {
    return labels.contains(NOTHING) ? NOTHING : labels.get(0);
  }

  /** The sentences of a file, whatever their labels. */
  static List<TaggedSentence> words(Path file) throws IOException {
    return Raw.read(file, Integer.MAX_VALUE).sentences().stream()
        .map(each -> new TaggedSentence(each.id(), each.words(), List.of()))
        .toList();
  }
}
