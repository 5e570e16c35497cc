package io.github.electra4j.cli.device;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What can be known about a machine without starting ND4J.
 *
 * @param backend what the program was built for: {@code cpu} or {@code cuda}
 * @param chosenLibrary build of ND4J's library that is loaded: {@code avx512}, {@code avx2} or
 *     {@code plain}
 * @param bestLibrary the best that this processor could run
 * @param memory what there is of it
 * @param vectorApi whether Java was started with the Vector API
 * @param gpus those that the driver knows
 * @param gpuRemark why there are none, if so
 */
public record MachineFacts(
    String backend,
    String chosenLibrary,
    String bestLibrary,
    Memory memory,
    boolean vectorApi,
    List<FoundGpu> gpus,
    String gpuRemark) {
  /**
   * Memory beside and below Java's.
   *
   * @param limit bytes that the process's control group may use; empty without a limit
   * @param total bytes of the machine
   * @param free bytes of the machine that nothing is in
   */
  public record Memory(OptionalLong limit, long total, long free) {
    /** Bytes that the process could have at most. */
    public long most() {
      return Math.min(limit.orElse(total), total);
    }
  }

  /**
   * A GPU.
   *
   * @param index number as {@code --device=cuda:N} counts
   * @param described what it is, with a remark if it cannot be used
   * @param remedy what makes it usable, or what to use instead; empty if it can be used
   */
  public record FoundGpu(int index, String described, String remedy) {
    /** Whether ND4J can compute on it. */
    public boolean usable() {
      return remedy.isEmpty();
    }
  }

  private static final List<Path> LIMITS =
      List.of(
          Path.of("/sys/fs/cgroup/memory.max"),
          Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

  /** Looks at this machine. */
  public static MachineFacts ofProcess() throws IOException {
    List<FoundGpu> gpus = List.of();
    String remark = "";
    try {
      gpus = NvidiaSmi.gpus().stream().map(MachineFacts::found).toList();
    } catch (DeviceException e) {
      remark = e.getMessage();
    }
    return new MachineFacts(
        Backend.onClassPath(MachineFacts.class.getClassLoader()) == Backend.CPU ? "cpu" : "cuda",
        library(System.getProperty(NativeLibrary.PROPERTY, "")),
        library(NativeLibrary.bestForProcessor()),
        memoryOfMachine(),
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        gpus,
        remark);
  }

  private static Memory memoryOfMachine() throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Memory(memoryLimit(LIMITS), system.getTotalMemorySize(), system.getFreeMemorySize());
  }

  /** A GPU by the rules of {@link DeviceGuard}. */
  static FoundGpu found(Gpu gpu) {
    if (!gpu.isSupported()) {
      return new FoundGpu(
          gpu.index(),
          "%s: ND4J has no code for it, only for %s".formatted(gpu, Gpu.SUPPORTED),
          "Use another GPU, or the CPU. " + DeviceGuard.FOR_CPU);
    }
    return gpu.hasDriver()
        ? new FoundGpu(gpu.index(), gpu.toString(), "")
        : new FoundGpu(
            gpu.index(),
            "%s: its driver %s is older than %s".formatted(gpu, gpu.driver(), Gpu.OLDEST_DRIVER),
            "Install driver %s or newer.".formatted(Gpu.OLDEST_DRIVER));
  }

  private static String library(String extension) {
    return extension.isEmpty() ? "plain" : extension.substring(1);
  }

  /** The limit in the first of the files that is there; a huge number or {@code max} is none. */
  static OptionalLong memoryLimit(List<Path> files) throws IOException {
    for (Path file : files) {
      if (Files.isReadable(file)) {
        String text = Files.readString(file).strip();
        boolean limited = text.matches("\\d{1,15}");
        return limited ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }
}
