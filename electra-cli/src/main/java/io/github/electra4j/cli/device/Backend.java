package io.github.electra4j.cli.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** What the program was built for: the ND4J backend on the class path. */
enum Backend {
  CPU,
  CUDA;

  private static final String SERVICE = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  /** The backend that ND4J will choose: CUDA before CPU. Does not start ND4J. */
  static Backend onClassPath(ClassLoader loader) {
    try {
      for (URL service : Collections.list(loader.getResources(SERVICE))) {
        try (InputStream in = service.openStream()) {
          String providers = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          if (providers.lines().anyMatch(line -> line.startsWith("org.nd4j.linalg.jcublas."))) {
            return CUDA;
          }
        }
      }
      return CPU;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
