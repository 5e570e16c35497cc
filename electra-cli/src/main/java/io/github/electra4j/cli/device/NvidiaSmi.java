package io.github.electra4j.cli.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The driver's own list of GPUs, from the program that comes with it. */
final class NvidiaSmi {
  private static final List<String> COMMAND =
      List.of(
          "nvidia-smi",
          "--query-gpu=index,name,compute_cap,driver_version",
          "--format=csv,noheader");

  /** {@code 0, NVIDIA A100-SXM4-40GB, 8.0, 535.104.05}. */
  private static final Pattern LINE =
      Pattern.compile("(\\d{1,3}), (.+), (\\d{1,2})\\.(\\d{1,2}), (\\d+(?:\\.\\d+){1,3})");

  private static final long PATIENCE_SECONDS = 20;
  private static final int QUOTED = 200;
  private static final String NO_GPU =
      "This program was built for a GPU, but %s. Build it for the CPU: ./mvnw -pl electra-cli -am"
          + " package -DskipTests";

  private NvidiaSmi() {}

  /**
   * Asks the driver.
   *
   * @throws DeviceException when there is no driver or no GPU
   */
  static List<Gpu> gpus() {
    return gpus(COMMAND);
  }

  /** As {@link #gpus()}, by another program. */
  static List<Gpu> gpus(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DeviceException(
            "nvidia-smi does not answer. Is the GPU's driver in order? Try nvidia-smi by hand.");
      }
      byte[] output = process.getInputStream().readAllBytes();
      return parse(new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new DeviceException(
          NO_GPU.formatted("there is no nvidia-smi, so no driver of NVIDIA's is installed"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException("Interrupted while nvidia-smi was running. Try again.");
    }
  }

  /**
   * Reads what nvidia-smi printed.
   *
   * @throws DeviceException when it is not a list of at least one GPU
   */
  static List<Gpu> parse(String output) {
    String text = output.strip();
    if (text.contains("compute_cap") && text.contains("not a valid field")) {
      throw new DeviceException(
          "The GPU's driver is too old: it does not know its GPUs' compute capability. Install driver %s or newer."
              .formatted(Gpu.OLDEST_DRIVER));
    }
    if (text.isEmpty() || text.contains("No devices were found")) {
      throw new DeviceException(NO_GPU.formatted("the driver finds none"));
    }
    if (text.contains("NVIDIA-SMI has failed") || text.contains("Failed to initialize NVML")) {
      throw new DeviceException(
          "The GPU's driver does not work: nvidia-smi says \"%s\". Reboot or install driver %s or newer."
              .formatted(quoted(text), Gpu.OLDEST_DRIVER));
    }
    return text.lines().map(NvidiaSmi::gpu).toList();
  }

  private static Gpu gpu(String line) {
    Matcher fields = LINE.matcher(line.strip());
    if (!fields.matches()) {
      throw new DeviceException(
          "nvidia-smi was asked for its GPUs, but said \"%s\". Update the driver to %s or newer."
              .formatted(quoted(line), Gpu.OLDEST_DRIVER));
    }
    return new Gpu(
        Integer.parseInt(fields.group(1)),
        fields.group(2),
        Integer.parseInt(fields.group(3)),
        Integer.parseInt(fields.group(4)),
        fields.group(5));
  }

  private static String quoted(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    return line.substring(0, Math.min(line.length(), QUOTED));
  }
}
