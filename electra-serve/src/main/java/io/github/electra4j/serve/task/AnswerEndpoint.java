package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.answer.Answer;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.inference.QuestionAnswerer;
import java.util.ArrayList;
import java.util.List;

/** Answers to questions as parts of texts. */
final class AnswerEndpoint implements Endpoint<AnswerEndpoint.Asked, Answer> {
  private static final String QUESTION = "question";
  private static final String QUESTIONS = "questions";
  private static final String CONTEXT = "context";
  private static final String TOP = "top";
  private static final int MOST = 20;

  private final QuestionAnswerer answerer;
  private final ElectraTokenizer tokenizer;

  AnswerEndpoint(QuestionAnswerer answerer, ElectraTokenizer tokenizer) {
    this.answerer = answerer;
    this.tokenizer = tokenizer;
  }

  /** A question about a text, and how many candidates are wanted. */
  record Asked(String question, String context, int top) {}

  @Override
  public List<Weighed<Asked>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    RequestFields fields = RequestFields.of(body, "", List.of(QUESTION, CONTEXT, QUESTIONS, TOP));
    TextRequest.requireOneOf(fields, QUESTION, QUESTIONS);
    int top = fields.integer(TOP, 1, MOST, 1);
    if (fields.has(QUESTION)) {
      return List.of(asked(fields, top));
    }
    if (fields.has(CONTEXT)) {
      throw InvalidRequestException.of(
          "conflicting_fields",
          CONTEXT,
          "context belongs to question; give the elements of questions as {\"question\": ..., \"context\": ...}.");
    }
    List<Weighed<Asked>> all = new ArrayList<>();
    for (RequestFields.Element element : fields.list(QUESTIONS, limits.texts())) {
      all.add(
          asked(RequestFields.of(element.node(), element.path(), List.of(QUESTION, CONTEXT)), top));
    }
    return all;
  }

  private Weighed<Asked> asked(RequestFields fields, int top) throws InvalidRequestException {
    Asked asked = new Asked(fields.text(QUESTION), fields.text(CONTEXT), top);
    int tokens =
        TextRequest.tokens(tokenizer, asked.question()) + tokenizer.ids(asked.context()).length + 1;
    return new Weighed<>(asked, tokens);
  }

  @Override
  public List<Answer> compute(List<Asked> inputs) {
    List<Question> questions = new ArrayList<>();
    for (Asked asked : inputs) {
      questions.add(Question.of(questions.size(), "", asked.question(), asked.context()));
    }
    List<Answer> answers = new ArrayList<>();
    answerer.answers(questions.iterator(), answers::add);
    return answers;
  }

  @Override
  public JsonNode write(Asked input, Answer output) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set(
        "answer",
        answerer
            .chosen(output)
            .filter(span -> !span.text().isEmpty())
            .<JsonNode>map(span -> json(span, input.context()))
            .orElse(JsonNodeFactory.instance.nullNode()));
    output.nullOdds().ifPresent(odds -> node.put("null_odds", odds));
    ArrayNode candidates = node.putArray("candidates");
    output.best().stream()
        .filter(span -> !span.text().isEmpty())
        .limit(input.top())
        .forEach(span -> candidates.add(json(span, input.context())));
    return node;
  }

  private static ObjectNode json(Answer.Span span, String context) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", context.substring(span.start(), span.end()))
        .put("start", span.start())
        .put("end", span.end())
        .put("probability", span.probability());
  }

  @Override
  public void close() {
    answerer.close();
  }
}
