package io.github.electra4j.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this project, for what it writes to say where it comes from. */
public final class ProjectVersion {
  private static final String RESOURCE = "version.properties";

  private ProjectVersion() {}

  /** E.g. {@code 0.1.0}, as the build wrote it into a resource. */
  public static String current() {
    try (InputStream in = ProjectVersion.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("project");
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read.", e);
    }
  }
}
