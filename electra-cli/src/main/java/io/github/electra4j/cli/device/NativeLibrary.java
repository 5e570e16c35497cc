package io.github.electra4j.cli.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The build of ND4J's native library for this processor. Which builds there are is decided by the
 * jars on the class path; the plain one runs everywhere and is always there.
 */
public final class NativeLibrary {
  /** The property by which ND4J's loader prefers a build, e.g. {@code -avx2}. */
  static final String PROPERTY = "org.bytedeco.javacpp.platform.extension";

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String RESOURCE =
      "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64%s/libnd4jcpu.so";

  /** A build and what a processor must have to run it. */
  private record Build(String extension, Set<String> needs) {}

  private static final List<Build> BEST_FIRST =
      List.of(
          new Build(
              "-avx512", Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "fma")),
          new Build("-avx2", Set.of("avx2", "fma")));

  private NativeLibrary() {}

  /** Makes ND4J load the best build, unless the user has chosen one; to be called before it. */
  public static void choose() {
    if (System.getProperty(PROPERTY) == null && Files.isReadable(CPU_INFO)) {
      ClassLoader loader = NativeLibrary.class.getClassLoader();
      try {
        String best =
            best(
                Files.readString(CPU_INFO),
                extension -> loader.getResource(RESOURCE.formatted(extension)) != null);
        System.setProperty(PROPERTY, best);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The extension of the best build that this processor could run; empty for the plain one. */
  static String bestForProcessor() throws IOException {
    return Files.isReadable(CPU_INFO) ? best(Files.readString(CPU_INFO), extension -> true) : "";
  }

  /**
   * The extension of the best build that is there; empty for the plain one.
   *
   * @param cpuInfo content of Linux's {@code /proc/cpuinfo}
   * @param there whether the build with an extension is on the class path
   */
  static String best(String cpuInfo, Predicate<String> there) {
    Set<String> flags =
        new HashSet<>(
            cpuInfo
                .lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> Arrays.asList(line.substring(line.indexOf(':') + 1).split("\\s+")))
                .orElse(List.of()));
    return BEST_FIRST.stream()
        .filter(build -> flags.containsAll(build.needs()) && there.test(build.extension()))
        .map(Build::extension)
        .findFirst()
        .orElse("");
  }
}
