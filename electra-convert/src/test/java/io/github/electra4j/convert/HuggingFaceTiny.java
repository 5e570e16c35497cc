package io.github.electra4j.convert;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pair of networks that HuggingFace's code wrote, and what tests do with it. */
final class HuggingFaceTiny {
  /** Every file of each network that holds its weights. */
  static final List<String> WEIGHTS =
      List.of("model.safetensors", "pytorch_model.bin", "pytorch_model_legacy.bin", "tf_model.h5");

  private HuggingFaceTiny() {}

  /** A folder with both networks; not to be changed. */
  static Path folder() {
    try {
      return Path.of(HuggingFaceTiny.class.getResource("/golden/huggingface-tiny").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Options that take the weights from that file. */
  static ImportOptions from(String weights) {
    return ImportOptions.standard().withPlace(SourceOptions.none().withBundle(weights));
  }

  /** A copy of one network with one weight file, to be changed. */
  static Path copy(String network, String weights, Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : List.of("config.json", weights)) {
      Files.copy(folder().resolve(network).resolve(name), target.resolve(name));
    }
    return target;
  }
}
