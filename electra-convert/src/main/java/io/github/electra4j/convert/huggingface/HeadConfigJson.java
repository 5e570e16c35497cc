package io.github.electra4j.convert.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import java.util.List;
import java.util.stream.Stream;

/** HuggingFace's {@code config.json} of an encoder with a fine-tuned head. */
public final class HeadConfigJson implements TaskHead.Cases<ObjectNode> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROBLEM = "problem_type";

  private final ObjectNode root;

  private HeadConfigJson(ObjectNode root) {
    this.root = root;
  }

  /** The text of the file: the encoder, HuggingFace's class for such a head, and its labels. */
  public static String write(ElectraConfig config, TaskHead head) {
    try {
      ObjectNode root =
          (ObjectNode)
              JSON.readTree(HuggingFaceConfigJson.writeDiscriminator(config.encoderOnly()));
      HuggingFaceConfigJson.describe(root, head);
      return JsonText.of(head.match(new HeadConfigJson(root)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("our own JSON cannot be read", e);
    }
  }

  @Override
  public ObjectNode classification(TaskHead.Classification head) {
    root.put(PROBLEM, "single_label_classification");
    return labelled(HeadForm.SEQUENCES.architecture(), head.labels());
  }

  @Override
  public ObjectNode regression(TaskHead.Regression head) {
    root.put(PROBLEM, "regression");
    return labelled(HeadForm.SEQUENCES.architecture(), List.of("LABEL_0"));
  }

  @Override
  public ObjectNode tagging(TaskHead.Tagging head) {
    return labelled(HeadForm.TOKENS.architecture(), head.labels());
  }

  @Override
  public ObjectNode spanAnswer(TaskHead.SpanAnswer head) {
    return of(HeadForm.QUESTIONS.architecture());
  }

  @Override
  public ObjectNode pairRanking(TaskHead.PairRanking head) {
    root.put("summary_type", "first");
    root.put("summary_use_proj", true);
    root.put("summary_activation", "gelu");
    return of(HeadForm.CHOICES.architecture());
  }

  @Override
  public ObjectNode intentAndSlots(TaskHead.IntentAndSlots head) {
    return labelled(
        "ElectraModel", Stream.concat(head.intents().stream(), head.slots().stream()).toList());
  }

  private ObjectNode of(String architecture) {
    root.putArray("architectures").add(architecture);
    return root;
  }

  private ObjectNode labelled(String architecture, List<String> labels) {
    of(architecture);
    ObjectNode byIndex = root.putObject("id2label");
    ObjectNode byLabel = root.putObject("label2id");
    for (int i = 0; i < labels.size(); i++) {
      byIndex.put(Integer.toString(i), labels.get(i));
      byLabel.put(labels.get(i), i);
    }
    return root;
  }
}
