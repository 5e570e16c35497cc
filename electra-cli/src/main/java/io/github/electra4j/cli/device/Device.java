package io.github.electra4j.cli.device;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a user wants a command to compute: {@code auto}, {@code cpu}, {@code cuda} or {@code
 * cuda:N}.
 *
 * @param kind what computes
 * @param gpu number of the GPU as nvidia-smi counts, if one was named
 */
public record Device(Kind kind, OptionalInt gpu) {
  private static final Pattern FORM = Pattern.compile("(auto|cpu|cuda)|cuda:(\\d{1,3})");

  /** What computes. */
  public enum Kind {
    /** Whatever the program was built for. */
    AUTO,
    /** The processor. */
    CPU,
    /** A GPU of NVIDIA's. */
    CUDA
  }

  /**
   * Reads what a user wrote.
   *
   * @throws IllegalArgumentException unless it has one of the forms
   */
  public static Device parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "--device is \"%s\"; use auto, cpu, cuda or cuda:N, e.g. cuda:0".formatted(text));
    }
    return form.group(2) == null
        ? new Device(
            Kind.valueOf(form.group(1).toUpperCase(java.util.Locale.ROOT)), OptionalInt.empty())
        : new Device(Kind.CUDA, OptionalInt.of(Integer.parseInt(form.group(2))));
  }
}
