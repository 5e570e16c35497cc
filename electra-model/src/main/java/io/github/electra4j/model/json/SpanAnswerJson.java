package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;

/** A head for question answering as JSON; its keys are the original's. */
final class SpanAnswerJson {
  private static final String NULL_ANSWERS = "null_answers";
  private static final String JOINT = "joint_prediction";
  private static final String BEAM = "beam_size";
  private static final String CLASSIFIER = "answerable_classifier";
  private static final String USES_START = "answerable_uses_start_logits";
  private static final String WEIGHT = "answerable_weight";
  private static final String QUERY = "max_query_length";
  private static final String STRIDE = "doc_stride";
  private static final String BEST = "n_best_size";
  private static final String ANSWER = "max_answer_length";
  private static final String THRESHOLD = "qa_na_threshold";
  private static final List<String> KEYS =
      List.of(
          "type",
          "task",
          NULL_ANSWERS,
          JOINT,
          BEAM,
          CLASSIFIER,
          USES_START,
          WEIGHT,
          QUERY,
          STRIDE,
          BEST,
          ANSWER,
          THRESHOLD);

  private SpanAnswerJson() {}

  static TaskHead read(JsonFields fields) throws MalformedFileException {
    fields.requireKnown(KEYS);
    SpanSettings otherwise = SpanSettings.defaults();
    SpanSettings settings =
        new SpanSettings(
            fields.flag(JOINT),
            fields.positiveInt(BEAM, otherwise.beamSize()),
            answerability(fields),
            new SpanSettings.Windows(
                fields.positiveInt(QUERY, otherwise.windows().maxQueryLength()),
                fields.positiveInt(STRIDE, otherwise.windows().docStride())),
            new SpanSettings.Choice(
                fields.positiveInt(BEST, otherwise.choice().nBestSize()),
                fields.positiveInt(ANSWER, otherwise.choice().maxAnswerLength()),
                fields.number(THRESHOLD, otherwise.choice().nullThreshold())));
    return new TaskHead.SpanAnswer(fields.text("task"), fields.flag(NULL_ANSWERS), settings);
  }

  private static Answerability answerability(JsonFields fields) throws MalformedFileException {
    double weight = fields.number(WEIGHT, SpanSettings.defaults().answerability().weight());
    if (!fields.flag(CLASSIFIER)) {
      return new Answerability(Evidence.NONE, weight);
    }
    return new Answerability(
        fields.flag(USES_START, true) ? Evidence.START_LOGITS : Evidence.FIRST_TOKEN, weight);
  }

  static ObjectNode write(TaskHead.SpanAnswer head, ObjectNode object) {
    SpanSettings settings = head.settings();
    Answerability answerability = settings.answerability();
    return object
        .put(NULL_ANSWERS, head.nullAnswers())
        .put(JOINT, settings.jointPrediction())
        .put(BEAM, settings.beamSize())
        .put(CLASSIFIER, answerability.isPresent())
        .put(USES_START, answerability.evidence() == Evidence.START_LOGITS)
        .put(WEIGHT, answerability.weight())
        .put(QUERY, settings.windows().maxQueryLength())
        .put(STRIDE, settings.windows().docStride())
        .put(BEST, settings.choice().nBestSize())
        .put(ANSWER, settings.choice().maxAnswerLength())
        .put(THRESHOLD, settings.choice().nullThreshold());
  }
}
