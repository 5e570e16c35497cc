package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.HuggingFaceNames.Dialect;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What HuggingFace's files call their tensors besides the names in the table. */
final class ForeignNames {
  private static final Set<String> BUFFERS =
      Set.of("electra.embeddings.position_ids", "electra.embeddings.token_type_ids");

  private static final Set<String> COPIES =
      Set.of("generator_lm_head.weight", "generator_lm_head.decoder.weight");

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

  /** The error for tensors that have no place. */
  static MalformedFileException refusal(String source, List<StoredTensor> unknown) {
    return MalformedFileException.saying(
        source,
        "%s holds %d tensor(s) that have no place in an ELECTRA model:\n%s\nNothing is left out silently: name what shall be left out, e.g. --ignore \"%s*\"."
            .formatted(
                source,
                unknown.size(),
                unknown.stream().map(tensor -> "  " + tensor).collect(Collectors.joining("\n")),
                unknown.get(0).name().replaceFirst("[^./]*$", "")));
  }
}
