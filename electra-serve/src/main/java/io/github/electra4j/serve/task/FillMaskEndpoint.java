package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.InvalidInputException;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.inference.MaskFiller;
import io.github.electra4j.train.inference.UnreadableTextException;
import java.util.ArrayList;
import java.util.List;

/** What {@code [MASK]} stands for. */
final class FillMaskEndpoint
    implements Endpoint<FillMaskEndpoint.Masked, List<List<MaskFiller.Filling>>> {
  private static final String TOP = "top";
  private static final int MOST = 50;
  private static final int USUAL = 5;

  /** Every mask is computed with all the text around it. */
  private static final int MOST_MASKS = 16;

  private final MaskFiller filler;
  private final ElectraTokenizer tokenizer;

  FillMaskEndpoint(MaskFiller filler, ElectraTokenizer tokenizer) {
    this.filler = filler;
    this.tokenizer = tokenizer;
  }

  /** A text with masks, and how many fillings of each are wanted. */
  record Masked(String text, int top) {}

  @Override
  public List<Weighed<Masked>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    RequestFields fields = TextRequest.fields(body, TOP);
    int top = fields.integer(TOP, 1, MOST, USUAL);
    List<Weighed<Masked>> inputs = new ArrayList<>();
    List<String> texts = TextRequest.texts(fields, limits);
    for (int i = 0; i < texts.size(); i++) {
      String path =
          fields.has(TextRequest.ONE) ? TextRequest.ONE : "%s[%d]".formatted(TextRequest.MANY, i);
      int masks = requireMasks(texts.get(i), path);
      inputs.add(
          new Weighed<>(
              new Masked(texts.get(i), top), masks * TextRequest.tokens(tokenizer, texts.get(i))));
    }
    return inputs;
  }

  private static int requireMasks(String text, String path) throws InvalidRequestException {
    int masks = 0;
    for (int at = text.indexOf(MaskFiller.MASK);
        at >= 0;
        at = text.indexOf(MaskFiller.MASK, at + 1)) {
      masks++;
    }
    if (masks == 0 || masks > MOST_MASKS) {
      throw InvalidRequestException.of(
          masks == 0 ? "no_mask" : "too_many_masks",
          path,
          "%s has %d times %s; write 1 to %d.".formatted(path, masks, MaskFiller.MASK, MOST_MASKS));
    }
    return masks;
  }

  @Override
  public List<List<List<MaskFiller.Filling>>> compute(List<Masked> inputs) {
    int most = inputs.stream().mapToInt(Masked::top).max().orElse(USUAL);
    try {
      return filler.fill(inputs.stream().map(Masked::text).toList(), most);
    } catch (UnreadableTextException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  @Override
  public JsonNode write(Masked input, List<List<MaskFiller.Filling>> output) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode masks = node.putArray("masks");
    for (List<MaskFiller.Filling> fillings : output) {
      ArrayNode mask = masks.addArray();
      fillings.stream()
          .limit(input.top())
          .forEach(
              filling ->
                  mask.addObject()
                      .put("token", filling.piece())
                      .put("probability", filling.probability()));
    }
    return node;
  }

  @Override
  public void close() {
    filler.close();
  }
}
