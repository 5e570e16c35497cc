package io.github.electra4j.cli.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides before ND4J starts whether the wanted device can compute. ND4J itself only counts GPUs:
 * with one that it has no code for, it would fail deep inside native code.
 */
public final class DeviceGuard {
  static final String FOR_CPU =
      "Build the program for the CPU: ./mvnw -pl electra-cli -am package -DskipTests";
  private static final String FOR_GPU =
      "Build the program for GPUs: ./mvnw -Pcuda -pl electra-cli -am package -DskipTests";

  private final Backend backend;
  private final Supplier<List<Gpu>> gpus;
  private final String visible;

  /**
   * @param gpus asks the driver; only called when the answer matters
   * @param visible value of the environment variable {@code CUDA_VISIBLE_DEVICES}, or null
   */
  DeviceGuard(Backend backend, Supplier<List<Gpu>> gpus, String visible) {
    this.backend = backend;
    this.gpus = gpus;
    this.visible = visible;
  }

  /** The guard of this process. */
  public static DeviceGuard ofProcess() {
    return new DeviceGuard(
        Backend.onClassPath(DeviceGuard.class.getClassLoader()),
        NvidiaSmi::gpus,
        System.getenv("CUDA_VISIBLE_DEVICES"));
  }

  /**
   * Makes sure that {@code wanted} can compute.
   *
   * @return a remark for the user, if a GPU computes
   * @throws DeviceException when it cannot
   */
  public Optional<String> require(Device wanted) {
    if (backend == Backend.CPU) {
      if (wanted.kind() == Device.Kind.CUDA) {
        throw new DeviceException(
            "This program was built for the CPU and cannot use a GPU. " + FOR_GPU);
      }
      return Optional.empty();
    }
    if (wanted.kind() == Device.Kind.CPU) {
      throw new DeviceException(
          "This program was built for GPUs and cannot use the CPU. " + FOR_CPU);
    }
    List<Gpu> all = gpus.get();
    Gpu chosen = chosen(wanted.gpu(), all);
    requireUsable(chosen, all);
    requireAlone(chosen, all);
    return Optional.of("Computing on %s.".formatted(chosen));
  }

  private Gpu chosen(OptionalInt named, List<Gpu> all) {
    OptionalInt seen =
        visible != null && visible.matches("\\d{1,3}")
            ? OptionalInt.of(Integer.parseInt(visible))
            : OptionalInt.empty();
    int index = named.orElse(seen.orElse(0));
    return all.stream()
        .filter(gpu -> gpu.index() == index)
        .findFirst()
        .orElseThrow(
            () ->
                new DeviceException(
                    "There is no GPU %d; there are: %s. Choose one with --device=cuda:N."
                        .formatted(index, list(all))));
  }

  private static void requireUsable(Gpu chosen, List<Gpu> all) {
    if (!chosen.isSupported()) {
      List<Gpu> others = all.stream().filter(Gpu::isSupported).toList();
      throw new DeviceException(
          "%s cannot be used: ND4J 1.0.0-M2.1 has code for compute capability %s only. %s"
              .formatted(
                  chosen,
                  Gpu.SUPPORTED,
                  others.isEmpty()
                      ? "Use another GPU, or the CPU. " + FOR_CPU
                      : "Use %s: --device=cuda:%d"
                          .formatted(others.get(0), others.get(0).index())));
    }
    if (!chosen.hasDriver()) {
      throw new DeviceException(
          "The driver of %s is %s; CUDA 11.6 needs %s or newer. Install a newer driver."
              .formatted(chosen, chosen.driver(), Gpu.OLDEST_DRIVER));
    }
  }

  /** ND4J hands threads to all GPUs that it sees in turn; a graph must stay on one. */
  private void requireAlone(Gpu chosen, List<Gpu> all) {
    if (all.size() > 1 && !Integer.toString(chosen.index()).equals(visible)) {
      throw new DeviceException(
          "There are several GPUs (%s), and Java was not started for one of them. Start with ./electra, or set CUDA_DEVICE_ORDER=PCI_BUS_ID and CUDA_VISIBLE_DEVICES=%d."
              .formatted(list(all), chosen.index()));
    }
  }

  private static String list(List<Gpu> all) {
    return all.stream().map(Gpu::toString).collect(Collectors.joining(", "));
  }
}
