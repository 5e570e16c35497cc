package io.github.electra4j.eval;

import io.github.electra4j.model.ProjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The software that computed a result.
 *
 * @param project version of this project
 * @param java version of the running Java, e.g. {@code 17.0.15+6}
 * @param nd4j version of ND4J on the class path, {@code none} if there is none
 */
public record Versions(String project, String java, String nd4j) {
  private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  /** The versions that are running now. */
  public static Versions current() {
    return new Versions(
        ProjectVersion.current(), Runtime.version().toString(), property(ND4J, "version"));
  }

  private static String property(String resource, String key) {
    try (InputStream in = Versions.class.getResourceAsStream(resource)) {
      if (in == null) {
        return "none";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(key, "none");
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + resource + " cannot be read.", e);
    }
  }
}
