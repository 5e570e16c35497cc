package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.graph.GraphStyle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Resident memory of a training run of ELECTRA-Small's discriminator, which is a process of its
 * own. Linux only: the numbers are those of {@code /proc/self/status}.
 */
final class TrainingMemory {
  private static final String HEAP = "-Xmx1g";

  private TrainingMemory() {}

  /**
   * A run.
   *
   * @param side {@code ours} or {@code pytorch}
   * @param batch sequences in a batch
   * @param shapes lengths of the sequences, in turn
   * @param steps updates
   * @param threads of either side
   */
  record Run(String side, int batch, List<Integer> shapes, int steps, int threads) {
    /** Does the run in a process of its own; megabytes after a third of the steps and at most. */
    Megabytes measure() throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("--add-modules", "jdk.incubator.vector", HEAP));
      command.add("-Dai.djl.pytorch.num_threads=" + threads);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(TrainingMemory.class.getName());
      command.addAll(List.of(side, Integer.toString(batch), Integer.toString(steps)));
      command.add(Integer.toString(threads));
      shapes.forEach(seq -> command.add(seq.toString()));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      String[] numbers = out.substring(out.lastIndexOf('\n') + 1).split(" ", -1);
      if (numbers.length != 3) {
        throw new IOException("The training run of %s failed; it said: %s".formatted(side, out));
      }
      return new Megabytes(
          Double.parseDouble(numbers[0]),
          Double.parseDouble(numbers[1]),
          Double.parseDouble(numbers[2]));
    }
  }

  /**
   * Resident memory.
   *
   * @param early after a third of the steps
   * @param late after the last step
   * @param peak at most
   */
  record Megabytes(double early, double late, double peak) {}

  /** The run itself; the last line has the three numbers of {@link Megabytes}. */
  public static void main(String[] args) throws IOException {
    int batch = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    Team.setThreads(Integer.parseInt(args[3]));
    ElectraConfig config = ElectraConfig.small().discriminatorOnly();
    WeightMap weights = WeightMap.initialise(TensorLayout.of(config), config.initializerRange(), 3);
    double early = 0;
    try (TrainerUnderTest trainer =
        args[0].equals("ours")
            ? new SameDiffTrainer(args[0], config, weights, GraphStyle.FUSED)
            : new TorchTrainer(config, weights)) {
      for (int step = 0; step < steps; step++) {
        int seq = Integer.parseInt(args[4 + step % (args.length - 4)]);
        TokenBatch tokens = Batches.full(batch, seq);
        trainer.step(tokens, new float[batch][seq]);
        if (step == steps / 3) {
          early = megabytes("VmRSS");
        }
      }
    }
    System.out.printf("%n%.1f %.1f %.1f%n", early, megabytes("VmRSS"), megabytes("VmHWM"));
  }

  private static double megabytes(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("/proc/self/status has no line " + field + "; this needs Linux");
  }
}
