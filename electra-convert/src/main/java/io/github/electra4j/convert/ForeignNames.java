package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.HuggingFaceNames.Dialect;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What HuggingFace's files call their tensors besides the names in the table. */
final class ForeignNames {
  private static final Set<String> BUFFERS =
      Set.of("electra.embeddings.position_ids", "electra.embeddings.token_type_ids");

  private static final Set<String> COPIES =
      Set.of("generator_lm_head.weight", "generator_lm_head.decoder.weight");

  /** Heads that HuggingFace puts on ELECTRA, by the first part of their tensors' names. */
  private static final Map<String, String> HEADS = new LinkedHashMap<>();

  static {
    HEADS.put(
        "classifier",
        "a classifier of HuggingFace's own kind: for whole texts it has a layer more than the original's, for tokens it looks at every token");
    HEADS.put("qa_outputs", "a head for question answering of HuggingFace's own kind");
    HEADS.put("sequence_summary", "a head for multiple choice of HuggingFace's own kind");
  }

  private final Dialect dialect;
  private final boolean bare;

  /**
   * @param names all names of a file, which tell whether it holds an encoder saved by itself
   */
  ForeignNames(Dialect dialect, Collection<String> names) {
    this.dialect = dialect;
    this.bare = names.stream().noneMatch(name -> name.startsWith("electra."));
  }

  /**
   * The name as a model with a head has it: an encoder saved by itself lacks {@code electra.} in
   * front, Keras puts the model's name there.
   */
  String usual(String name) {
    if (dialect == Dialect.KERAS) {
      return name.substring(name.indexOf('/') + 1);
    }
    boolean encoder =
        name.startsWith("embeddings.")
            || name.startsWith("embeddings_project.")
            || name.startsWith("encoder.");
    return bare && encoder ? "electra." + name : name;
  }

  /** Whether it is the generator's output matrix, which is the word table again. */
  static boolean isTied(String usual) {
    return COPIES.contains(usual);
  }

  /** Whether it holds no weights but positions. */
  static boolean isBuffer(String usual) {
    return BUFFERS.contains(usual);
  }

  /** The error for tensors that have no place, with what they are as far as that is known. */
  static MalformedFileException refusal(String source, List<StoredTensor> unknown) {
    Map<String, String> heads = new TreeMap<>();
    for (StoredTensor tensor : unknown) {
      String first = tensor.name().replaceFirst("[./].*", "");
      if (HEADS.containsKey(first)) {
        heads.put(first, HEADS.get(first));
      }
    }
    String why =
        heads.entrySet().stream()
            .map(
                head ->
                    "%s is %s; it has no place in a checkpoint of this project. To take the encoder alone and fine-tune it here, leave it out with --ignore \"%s.*\".\n"
                        .formatted(head.getKey(), head.getValue(), head.getKey()))
            .collect(Collectors.joining());
    return MalformedFileException.saying(
        source,
        "%s holds %d tensor(s) that have no place in an ELECTRA model:\n%s\n%sNothing is left out silently: name what shall be left out, e.g. --ignore \"%s*\"."
            .formatted(
                source,
                unknown.size(),
                unknown.stream().map(tensor -> "  " + tensor).collect(Collectors.joining("\n")),
                why,
                unknown.get(0).name().replaceFirst("[^./]*$", "")));
  }
}
