package io.github.electra4j.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table, on answers of nvidia-smi. */
class DeviceGuardGoldenTest {
  private static List<Gpu> answer(String name) {
    try (InputStream in =
        DeviceGuardGoldenTest.class.getResourceAsStream("/golden/device/" + name + ".txt")) {
      return NvidiaSmi.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DeviceGuard forGpus(String answer, String visible) {
    return new DeviceGuard(Backend.CUDA, () -> answer(answer), visible);
  }

  @ParameterizedTest
  @CsvSource({
    "a100, auto, , GPU 0 (NVIDIA A100-SXM4-40GB",
    "a100, cuda, , GPU 0",
    "a100, cuda:0, 0, GPU 0",
    "rtx4090, auto, , compute capability 8.9",
    "h100-and-t4, cuda:1, 1, GPU 1 (Tesla T4",
    "h100-and-t4, auto, 1, GPU 1",
  })
  void aGpuThatNd4jHasCodeForIsUsed(String answer, String wanted, String visible, String named) {
    Optional<String> remark = forGpus(answer, visible).require(Device.parse(wanted));
    assertTrue(remark.orElseThrow().contains(named), remark.get());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h100 | auto | | GPU 0 (NVIDIA H100 80GB HBM3, compute capability 9.0) cannot be used",
        "h100 | cuda | | 3.7 and 5.0 to 8.9",
        "rtx5090 | auto | | compute capability 12.0) cannot be used",
        "rtx5090 | auto | | Build the program for the CPU",
        "k40 | auto | | compute capability 3.5) cannot be used",
        "k80-old-driver | auto | 0 | is 470.82.01; CUDA 11.6 needs 510.39.01",
        "h100-and-t4 | cuda:0 | 0 | --device=cuda:1",
        "h100-and-t4 | cuda:2 | 2 | There is no GPU 2; there are: GPU 0 (NVIDIA H100 PCIe",
        "h100-and-t4 | cuda:1 | | CUDA_VISIBLE_DEVICES=1",
        "h100-and-t4 | cuda:1 | 0 | CUDA_VISIBLE_DEVICES=1",
        "none | auto | | the driver finds none",
        "empty | auto | | the driver finds none",
        "no-driver | auto | | couldn't communicate with the NVIDIA driver",
        "mismatch | auto | | Driver/library version mismatch",
        "unknown-field | auto | | driver is too old",
        "not-available | auto | | [N/A]",
        "garbage | auto | | said \"<html>? garbage\"",
        "a100 | cpu | | was built for GPUs and cannot use the CPU",
      })
  void everythingElseIsRefusedWithARemedy(
      String answer, String wanted, String visible, String part) {
    DeviceException refused =
        assertThrows(
            DeviceException.class, () -> forGpus(answer, visible).require(Device.parse(wanted)));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  @Test
  void aProgramForTheCpuNeverAsksForGpus() {
    DeviceGuard guard =
        new DeviceGuard(
            Backend.CPU,
            () -> {
              throw new AssertionError("nvidia-smi was asked");
            },
            null);
    assertEquals(Optional.empty(), guard.require(Device.parse("auto")));
    assertEquals(Optional.empty(), guard.require(Device.parse("cpu")));
    DeviceException refused =
        assertThrows(DeviceException.class, () -> guard.require(Device.parse("cuda:0")));
    assertTrue(refused.getMessage().contains("-Pcuda"), refused.getMessage());
  }

  @Test
  void aMissingDriverIsToldFromItsProgram() {
    DeviceException refused =
        assertThrows(
            DeviceException.class, () -> NvidiaSmi.gpus(List.of("no-such-program-of-nvidia")));
    assertTrue(refused.getMessage().contains("there is no nvidia-smi"), refused.getMessage());
    List<Gpu> gpus = NvidiaSmi.gpus(List.of("echo", "3, Tesla V100, 7.0, 520.61.05"));
    assertEquals(List.of(new Gpu(3, "Tesla V100", 7, 0, "520.61.05")), gpus);
  }

  @Test
  void theDriverIsComparedNumberByNumber() {
    assertTrue(new Gpu(0, "x", 8, 0, "510.39.01").hasDriver());
    assertTrue(new Gpu(0, "x", 8, 0, "1000.1").hasDriver());
    assertEquals(false, new Gpu(0, "x", 8, 0, "510.39").hasDriver());
    assertEquals(false, new Gpu(0, "x", 8, 0, "99.99").hasDriver());
  }

  @ParameterizedTest
  @CsvSource({"gpu", "cuda:", "cuda:-1", "cuda:1000", "CPU ", "''"})
  void otherNamesOfDevicesAreRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Device.parse(text));
    assertTrue(refused.getMessage().contains("auto, cpu, cuda or cuda:N"), refused.getMessage());
  }
}
