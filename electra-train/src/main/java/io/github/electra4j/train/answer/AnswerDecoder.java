package io.github.electra4j.train.answer;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.BasicTokenizer;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.HeadOutput.Beam;
import io.github.electra4j.train.task.HeadOutput.SpanScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Chooses answers among the spans of all windows of a question (reference:
 * finetune/qa/qa_metrics.py). Immutable.
 */
public final class AnswerDecoder {
  private final TaskHead.SpanAnswer head;
  private final Vocabulary vocabulary;
  private final FinalText finalText;

  /** A decoder for the outputs of {@code head}. */
  public AnswerDecoder(TaskHead.SpanAnswer head, ElectraTokenizer tokenizer) {
    this.head = head;
    this.vocabulary = tokenizer.vocabulary();
    this.finalText = new FinalText(BasicTokenizer.of(tokenizer.options()));
  }

  private record Candidate(int window, int start, int end, float startScore, float endScore) {
    private float score() {
      return startScore + endScore;
    }
  }

  /**
   * The answer to a question.
   *
   * @param outputs of all windows of the question, in order, all {@link SpanScores}
   */
  public Answer decode(QuestionWindows windows, List<HeadOutput> outputs) {
    List<Candidate> candidates = new ArrayList<>();
    float nullScore = Float.POSITIVE_INFINITY;
    for (int window = 0; window < outputs.size(); window++) {
      SpanScores scores = (SpanScores) outputs.get(window);
      nullScore = Math.min(nullScore, nullScore(scores));
      if (head.settings().jointPrediction()) {
        addBeam(windows, window, scores.beam(), candidates);
      } else {
        addIndependent(windows, window, scores, candidates);
      }
    }
    candidates.sort(Comparator.comparingDouble(candidate -> -candidate.score())); // stable
    List<Answer.Span> best = withProbabilities(distinct(windows, candidates));
    return new Answer(windows.question(), best, nullOdds(nullScore, best));
  }

  /** Without a classifier the score of the empty span; the end counts 0 with joint prediction. */
  private float nullScore(SpanScores scores) {
    if (head.settings().answerability().isPresent()) {
      return scores.unanswerable();
    }
    float end = head.settings().jointPrediction() ? 0 : scores.endLogits()[0];
    return scores.startLogits()[0] + end;
  }

  private OptionalDouble nullOdds(float nullScore, List<Answer.Span> best) {
    if (!head.nullAnswers()) {
      return OptionalDouble.empty();
    }
    if (head.settings().answerability().isPresent()) {
      return OptionalDouble.of(nullScore);
    }
    double bestScore =
        best.stream()
            .filter(span -> !span.text().isEmpty())
            .findFirst()
            .map(Answer.Span::score)
            .orElse(0.0);
    return OptionalDouble.of(nullScore - bestScore);
  }

  private void addBeam(QuestionWindows windows, int window, Beam beam, List<Candidate> candidates) {
    for (int i = 0; i < beam.starts().length; i++) {
      for (int j = 0; j < beam.ends()[i].length; j++) {
        add(
            windows,
            new Candidate(
                window,
                beam.starts()[i],
                beam.ends()[i][j],
                beam.startLogProbabilities()[i],
                beam.endLogProbabilities()[i][j]),
            candidates);
      }
    }
  }

  private void addIndependent(
      QuestionWindows windows, int window, SpanScores scores, List<Candidate> candidates) {
    int count = head.settings().choice().nBestSize();
    int[] ends = BestPositions.of(scores.endLogits(), count);
    for (int start : BestPositions.of(scores.startLogits(), count)) {
      for (int end : ends) {
        add(
            windows,
            new Candidate(window, start, end, scores.startLogits()[start], scores.endLogits()[end]),
            candidates);
      }
    }
  }

  private void add(QuestionWindows windows, Candidate candidate, List<Candidate> candidates) {
    int length = candidate.end() - candidate.start() + 1;
    if (length >= 1
        && length <= head.settings().choice().maxAnswerLength()
        && windows.isContext(candidate.window(), candidate.start())
        && windows.isContext(candidate.window(), candidate.end())
        && windows.isMaxContext(candidate.window(), candidate.start())) {
      candidates.add(candidate);
    }
  }

  private List<Answer.Span> distinct(QuestionWindows windows, List<Candidate> candidates) {
    SpanSettings.Choice choice = head.settings().choice();
    List<Answer.Span> best = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (best.size() >= choice.nBestSize()) {
        break;
      }
      Answer.Span span = span(windows, candidate);
      if (seen.add(span.text())) {
        best.add(span);
      }
    }
    return best;
  }

  private Answer.Span span(QuestionWindows windows, Candidate candidate) {
    ContextPieces pieces = windows.pieces();
    int shift = windows.windows().get(candidate.window()).start() - windows.contextStart();
    int firstPiece = candidate.start() + shift;
    int lastPiece = candidate.end() + shift;
    int firstWord = pieces.word(firstPiece);
    String original = pieces.words().joined(firstWord, pieces.word(lastPiece));
    FinalText.Part part = finalText.of(predicted(pieces, firstPiece, lastPiece), original);
    return new Answer.Span(
        original.substring(part.start(), part.end()),
        pieces.words().offset(firstWord, part.start()),
        pieces.words().offset(firstWord, part.end()),
        candidate.startScore(),
        candidate.endScore(),
        0);
  }

  private String predicted(ContextPieces pieces, int first, int last) {
    StringBuilder joined = new StringBuilder();
    for (int piece = first; piece <= last; piece++) {
      joined.append(piece == first ? "" : " ").append(vocabulary.piece(pieces.id(piece)));
    }
    String text = joined.toString().replace(" ##", "").replace("##", "");
    return String.join(" ", PythonText.split(text));
  }

  private static List<Answer.Span> withProbabilities(List<Answer.Span> best) {
    double most = best.stream().mapToDouble(Answer.Span::score).max().orElse(0);
    double sum = best.stream().mapToDouble(span -> Math.exp(span.score() - most)).sum();
    return best.stream()
        .map(
            span ->
                new Answer.Span(
                    span.text(),
                    span.start(),
                    span.end(),
                    span.startScore(),
                    span.endScore(),
                    Math.exp(span.score() - most) / sum))
        .toList();
  }
}
