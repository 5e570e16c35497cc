package io.github.electra4j.convert.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A verification as JSON. */
final class VerificationJson {
  private VerificationJson() {}

  static String write(Verification verification) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("passed", verification.passed());
    root.put("tolerance", verification.options().tolerance());
    root.put("seed", verification.options().seed());
    root.put("equal_tensors", verification.equalTensors());
    root.put("tensors", verification.tensors());
    ArrayNode outputs = root.putArray("outputs");
    for (Difference each : verification.differences()) {
      ObjectNode node = outputs.addObject().put("output", each.output());
      ArrayNode shape = node.putArray("shape");
      for (long axis : each.shape()) {
        shape.add(axis);
      }
      node.put("largest", each.largest()).put("mean", each.mean());
      node.put("magnitude", each.magnitude());
      node.put("within", each.within(verification.options().tolerance()));
    }
    ArrayNode problems = root.putArray("problems");
    verification.problems().forEach(problems::add);
    return root.toPrettyString() + "\n";
  }
}
