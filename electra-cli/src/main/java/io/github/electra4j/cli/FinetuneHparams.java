package io.github.electra4j.cli;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The "hparams" of google-research/electra's {@code run_finetuning.py}: a JSON object of which
 * every key may be left out. Keys about places, TPUs, logs and what follows from the checkpoint are
 * known and passed over; those that ask for something else than is done here are errors.
 */
final class FinetuneHparams {
  private static final String ANSWERABLE_WEIGHT = "answerable_weight";

  private static final List<String> LEARNING_KEYS =
      List.of(
          "task_names",
          "num_trials",
          "learning_rate",
          "weight_decay_rate",
          "layerwise_lr_decay",
          "num_train_epochs",
          "warmup_proportion",
          "train_batch_size",
          "max_seq_length");

  private static final List<String> ANSWER_KEYS =
      List.of(
          "max_query_length",
          "doc_stride",
          "n_best_size",
          "max_answer_length",
          "answerable_classifier",
          "answerable_uses_start_logits",
          ANSWERABLE_WEIGHT,
          "joint_prediction",
          "beam_size",
          "qa_na_threshold");

  /** What is always done here, as the original does unless told otherwise. */
  private static final List<String> FIXED_KEYS = List.of("do_train", "do_eval", "double_unordered");

  private static final List<String> IGNORED_KEYS =
      List.of(
          "model_name",
          "model_size",
          "embedding_size",
          "vocab_size",
          "do_lower_case",
          "log_examples",
          "keep_all_models",
          "save_checkpoints_steps",
          "iterations_per_loop",
          "use_tfrecords_if_existing",
          "write_test_outputs",
          "n_writes_test",
          "eval_batch_size",
          "predict_batch_size",
          "use_tpu",
          "num_tpu_cores",
          "tpu_job_name",
          "tpu_name",
          "tpu_zone",
          "gcp_project",
          "data_dir",
          "raw_data_dir",
          "vocab_file",
          "init_checkpoint",
          "model_dir",
          "results_txt",
          "results_pkl",
          "qa_eval_file",
          "qa_preds_file",
          "qa_na_file",
          "preprocessed_data_dir",
          "test_predictions");

  private static final String DEBUG = "debug";
  private static final String OVERRIDES = "model_hparam_overrides";

  private final JsonFields fields;

  private FinetuneHparams(JsonFields fields) {
    this.fields = fields;
  }

  /**
   * Reads them.
   *
   * @param given a file whose name ends in {@code .json}, or the object itself
   * @throws MalformedFileException when a key is unknown or asks for what there is not
   */
  static FinetuneHparams read(String given) throws IOException {
    JsonFields fields = InputFiles.hparams(given);
    List<String> known = new ArrayList<>(LEARNING_KEYS);
    known.addAll(ANSWER_KEYS);
    known.addAll(FIXED_KEYS);
    known.addAll(IGNORED_KEYS);
    known.addAll(List.of(DEBUG, OVERRIDES));
    fields.requireKnown(known);
    for (String key : FIXED_KEYS) {
      if (!fields.flag(key, true)) {
        throw fields.wrong(key, "true; to score alone there is electra evaluate");
      }
    }
    if (fields.flag(DEBUG, false)) {
      throw fields.wrong(DEBUG, "false; --limit tries with few examples");
    }
    if (fields.number(ANSWERABLE_WEIGHT, 0) < 0) {
      throw fields.wrong(ANSWERABLE_WEIGHT, "at least 0");
    }
    if (fields.child(OVERRIDES).isPresent()) {
      fields.child(OVERRIDES).get().requireKnown(List.of());
    }
    return new FinetuneHparams(fields);
  }

  /** The tasks, or those that were given as options. */
  List<String> tasks(List<String> given) throws MalformedFileException {
    return given == null && fields.has("task_names") ? fields.texts("task_names") : given;
  }

  /** A number, or the one that was given as an option, or null. */
  Double number(Double given, String key) throws MalformedFileException {
    return given == null && fields.has(key) ? Double.valueOf(fields.number(key)) : given;
  }

  /** A whole number, or the one that was given as an option, or null. */
  Integer integer(Integer given, String key) throws MalformedFileException {
    return given == null && fields.has(key) ? Integer.valueOf(fields.positiveInt(key)) : given;
  }

  /** The choices of question answering for which there are no options, and the ends. */
  SpanSettings settings(SpanSettings usual) throws MalformedFileException {
    SpanSettings.Evidence evidence =
        !fields.flag("answerable_classifier", true)
            ? SpanSettings.Evidence.NONE
            : fields.flag("answerable_uses_start_logits", true)
                ? SpanSettings.Evidence.START_LOGITS
                : SpanSettings.Evidence.FIRST_TOKEN;
    double weight = fields.number(ANSWERABLE_WEIGHT, usual.answerability().weight());
    return usual
        .withAnswerability(new SpanSettings.Answerability(evidence, weight))
        .withEnds(
            fields.flag("joint_prediction", true),
            fields.positiveInt("beam_size", usual.beamSize()))
        .withChoice(
            new SpanSettings.Choice(
                fields.positiveInt("n_best_size", usual.choice().nBestSize()),
                usual.choice().maxAnswerLength(),
                usual.choice().nullThreshold()));
  }
}
