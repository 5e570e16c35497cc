package io.github.electra4j.cli.device;

import java.io.IOException;
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
 * @param memoryLimit bytes that the process's control group may use; empty without a limit
 * @param vectorApi whether Java was started with the Vector API
 * @param gpus as the driver describes them, with a remark where ND4J has no code for one
 * @param gpuRemark why there are none, if so
 */
public record MachineFacts(
    String backend,
    String chosenLibrary,
    String bestLibrary,
    OptionalLong memoryLimit,
    boolean vectorApi,
    List<String> gpus,
    String gpuRemark) {
  private static final List<Path> LIMITS =
      List.of(
          Path.of("/sys/fs/cgroup/memory.max"),
          Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

  /** Looks at this machine. */
  public static MachineFacts ofProcess() throws IOException {
    List<String> gpus = List.of();
    String remark = "";
    try {
      gpus = NvidiaSmi.gpus().stream().map(MachineFacts::described).toList();
    } catch (DeviceException e) {
      remark = e.getMessage();
    }
    return new MachineFacts(
        Backend.onClassPath(MachineFacts.class.getClassLoader()) == Backend.CPU ? "cpu" : "cuda",
        library(System.getProperty(NativeLibrary.PROPERTY, "")),
        library(NativeLibrary.bestForProcessor()),
        memoryLimit(LIMITS),
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        gpus,
        remark);
  }

  private static String described(Gpu gpu) {
    if (!gpu.isSupported()) {
      return gpu + ": ND4J has no code for it, only for " + Gpu.SUPPORTED;
    }
    return gpu.hasDriver()
        ? gpu.toString()
        : "%s: its driver %s is older than %s".formatted(gpu, gpu.driver(), Gpu.OLDEST_DRIVER);
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
