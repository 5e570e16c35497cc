package io.github.electra4j.convert.huggingface;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the table of names; {@code #} stands for the number of a layer in all three names.
 *
 * @param electra name in this project
 * @param torch name in PyTorch's files and safetensors
 * @param keras name in Keras's files, without the model's name in front
 * @param transposed whether PyTorch keeps the matrix as {@code [out, in]}
 */
record NameRule(String electra, String torch, String keras, boolean transposed) {
  private static final String LAYER = "#";

  /** {@code name} in terms of {@code to}, if it is of the form {@code from}. */
  static Optional<String> rename(String name, String from, String to) {
    int gap = from.indexOf(LAYER);
    if (gap < 0) {
      return name.equals(from) ? Optional.of(to) : Optional.empty();
    }
    if (!name.startsWith(from.substring(0, gap))) {
      return Optional.empty();
    }
    Matcher matcher =
        Pattern.compile(
                Pattern.quote(from.substring(0, gap))
                    + "(0|[1-9]\\d{0,5})"
                    + Pattern.quote(from.substring(gap + 1)))
            .matcher(name);
    return matcher.matches() ? Optional.of(to.replace(LAYER, matcher.group(1))) : Optional.empty();
  }

  /** The rows for kernel and bias of a dense layer; the foreign path is one of Keras. */
  static List<NameRule> dense(String electra, String foreign) {
    String torch = foreign.replace('/', '.');
    return List.of(
        new NameRule(electra + "/kernel", torch + ".weight", foreign + "/kernel:0", true),
        new NameRule(electra + "/bias", torch + ".bias", foreign + "/bias:0", false));
  }

  HuggingFaceNames.Renamed renamed(String name, HuggingFaceNames.Dialect dialect) {
    return new HuggingFaceNames.Renamed(
        name, transposed && dialect == HuggingFaceNames.Dialect.TORCH);
  }

  String foreign(HuggingFaceNames.Dialect dialect) {
    return dialect == HuggingFaceNames.Dialect.KERAS ? keras : torch;
  }
}
