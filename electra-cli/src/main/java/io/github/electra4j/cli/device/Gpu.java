package io.github.electra4j.cli.device;

import java.util.Arrays;

/**
 * A GPU as the driver describes it.
 *
 * @param index number in the order of the bus, as nvidia-smi counts
 * @param name of the product
 * @param major compute capability before the point
 * @param minor compute capability after the point
 * @param driver version of the driver, e.g. {@code 535.104.05}
 */
record Gpu(int index, String name, int major, int minor, String driver) {
  /** What ND4J's CUDA libraries were compiled for; they hold no code for anything else. */
  static final String SUPPORTED = "3.7 and 5.0 to 8.9 (Kepler K80, Maxwell to Ampere and Ada)";

  /** The first driver for CUDA 11.6 on Linux. */
  static final String OLDEST_DRIVER = "510.39.01";

  /**
   * Whether ND4J has machine code for it: code for X.y runs on X.z from z = y on, and there is code
   * for 3.7, 5.0, 6.0, 7.0 and 8.0.
   */
  boolean isSupported() {
    return major == 3 ? minor >= 7 : major >= 5 && major <= 8;
  }

  /** Whether the driver can run CUDA 11.6. */
  boolean hasDriver() {
    return Arrays.compare(numbers(driver), numbers(OLDEST_DRIVER)) >= 0;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }

  @Override
  public String toString() {
    return "GPU %d (%s, compute capability %d.%d)".formatted(index, name, major, minor);
  }
}
