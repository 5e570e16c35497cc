package io.github.electra4j.train.answer;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.answer.QuestionWindows.Window;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns questions into windows of token ids: {@code [CLS] question [SEP] part of the text [SEP]}
 * (reference: finetune/qa/qa_tasks.py).
 */
public final class QuestionFeaturizer {
  private static final int SPECIAL_TOKENS = 3;
  private static final int WINDOW_IDS = 1000;

  private final ElectraTokenizer tokenizer;
  private final TaskHead.SpanAnswer head;
  private final int maxSeqLength;

  /**
   * @param head says how windows are cut
   * @param maxSeqLength most tokens of a window, special tokens included; more than the longest
   *     question and the special tokens need
   */
  public QuestionFeaturizer(
      ElectraTokenizer tokenizer, TaskHead.SpanAnswer head, int maxSeqLength) {
    int question = head.settings().windows().maxQueryLength();
    if (maxSeqLength <= question + SPECIAL_TOKENS) {
      throw new IllegalArgumentException(
          "A maximum sequence length of %d leaves no room for text beside questions of %d tokens; choose more than %d, or a smaller maximum query length"
              .formatted(maxSeqLength, question, question + SPECIAL_TOKENS));
    }
    this.tokenizer = tokenizer;
    this.head = head;
    this.maxSeqLength = maxSeqLength;
  }

  /** The tokenizer. */
  public ElectraTokenizer tokenizer() {
    return tokenizer;
  }

  /** The head that the windows are for. */
  public TaskHead.SpanAnswer head() {
    return head;
  }

  /** The windows of a question, without looking at its known answer. */
  public QuestionWindows windows(Question question) {
    return windows(question, ContextPieces.of(tokenizer, question.context()), Optional.empty());
  }

  /**
   * Why a question cannot be learned from: its known answer is not where it says. The original
   * leaves such questions out.
   */
  public static Optional<String> problem(Question question) {
    return new AnswerLocation(question).problem();
  }

  /**
   * The windows of a question with its known answer; every window is kept.
   *
   * @return none if there is a {@link #problem}
   * @throws IllegalArgumentException when no answer is known
   */
  public List<TaskExample> trainingExamples(Question question) {
    AnswerLocation location = new AnswerLocation(question);
    if (location.problem().isPresent()) {
      return List.of();
    }
    ContextPieces pieces = ContextPieces.of(tokenizer, question.context());
    PieceSpan span =
        location.isImpossible() ? PieceSpan.NONE : improved(question, location, pieces);
    return windows(question, pieces, Optional.of(span)).examples();
  }

  /** The training windows of many questions, in order. */
  public List<TaskExample> trainingExamples(List<Question> questions) {
    return questions.parallelStream().flatMap(q -> trainingExamples(q).stream()).toList();
  }

  /**
   * The answer in pieces of the text.
   *
   * @param first piece, −1 if there is no answer
   * @param last piece
   */
  private record PieceSpan(int first, int last) {
    private static final PieceSpan NONE = new PieceSpan(-1, -1);

    private boolean isImpossible() {
      return first < 0;
    }
  }

  /**
   * The words of the answer, narrowed to the pieces of the answer where these are found in them.
   */
  private PieceSpan improved(Question question, AnswerLocation location, ContextPieces pieces) {
    int first = pieces.firstPiece(location.firstWord());
    int last = pieces.firstPiece(location.lastWord() + 1) - 1;
    int[] wanted = tokenizer.ids(question.known().orElseThrow().text());
    for (int start = first; start <= last; start++) {
      for (int end = last; end >= start; end--) {
        if (pieces.matches(start, end, wanted)) {
          return new PieceSpan(start, end);
        }
      }
    }
    return new PieceSpan(first, last);
  }

  private QuestionWindows windows(
      Question question, ContextPieces pieces, Optional<PieceSpan> answer) {
    int[] query = tokenizer.ids(question.text());
    if (query.length > head.settings().windows().maxQueryLength()) {
      query = Arrays.copyOf(query, head.settings().windows().maxQueryLength());
    }
    int capacity = maxSeqLength - query.length - SPECIAL_TOKENS;
    List<Window> windows = new ArrayList<>();
    int start = 0;
    while (start < pieces.count()) {
      int length = Math.min(capacity, pieces.count() - start);
      long id = WINDOW_IDS * question.id() + windows.size();
      windows.add(window(id, query, pieces, new Window(null, start, length), answer));
      if (start + length == pieces.count()) {
        break;
      }
      start += Math.min(length, head.settings().windows().docStride());
    }
    return new QuestionWindows(question, pieces, query.length + 2, windows);
  }

  private Window window(
      long id, int[] query, ContextPieces pieces, Window place, Optional<PieceSpan> answer) {
    int offset = query.length + 2;
    int[] ids = new int[offset + place.length() + 1];
    int[] types = new int[ids.length];
    ids[0] = tokenizer.clsId();
    System.arraycopy(query, 0, ids, 1, query.length);
    ids[offset - 1] = tokenizer.sepId();
    pieces.copy(place.start(), place.length(), ids, offset);
    ids[ids.length - 1] = tokenizer.sepId();
    Arrays.fill(types, offset, types.length, 1);
    TaskTarget target =
        answer.map(span -> target(span, place, offset)).orElse(TaskTarget.Span.UNKNOWN);
    return new Window(
        TaskExample.of(id, head.task(), ids, types, target), place.start(), place.length());
  }

  private static TaskTarget.Span target(PieceSpan answer, Window place, int offset) {
    boolean inside =
        answer.first() >= place.start() && answer.last() < place.start() + place.length();
    if (answer.isImpossible() || !inside) {
      return new TaskTarget.Span(0, 0, answer.isImpossible());
    }
    int shift = offset - place.start();
    return new TaskTarget.Span(answer.first() + shift, answer.last() + shift, false);
  }
}
