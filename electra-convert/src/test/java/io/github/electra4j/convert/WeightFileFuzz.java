package io.github.electra4j.convert;

import java.io.IOException;

/**
 * The long run of {@link WeightFileFuzzTest}: {@code WeightFileFuzz FORMAT COUNT SEED}, e.g. {@code
 * HDF5 20000 1}. A crash of the JVM or a hang shows as such.
 */
final class WeightFileFuzz {
  private WeightFileFuzz() {}

  public static void main(String[] arguments) throws IOException {
    FuzzedFormat format = FuzzedFormat.valueOf(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      int accepted = format.run(folder.path(), count, seed);
      System.out.printf(
          "%s seed=%d: %d mutants, %d accepted, %d refused%n",
          format, seed, count, accepted, count - accepted);
    }
  }
}
