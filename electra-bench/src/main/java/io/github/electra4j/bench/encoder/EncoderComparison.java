package io.github.electra4j.bench.encoder;

import ai.onnxruntime.OrtException;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.graph.GraphStyle;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times ELECTRA-Small against its peers and prints one line per work and peer: {@code name ours_ms
 * peer peer_ms ratio}; a ratio below 1 means that ours is faster. Outputs are compared before
 * anything is timed.
 */
public final class EncoderComparison {
  private static final double LARGEST_DIFFERENCE = 2e-3;
  private static final int WARM_UPS = 6;

  private final Options options;
  private final ElectraConfig config = ElectraConfig.small().discriminatorOnly();
  private final ElectraConfig base = ElectraConfig.base().discriminatorOnly();
  private double ceiling;
  private final PrintStream out = System.out;

  private EncoderComparison(Options options) {
    this.options = options;
  }

  /** Runs the comparison; {@code --help} says how. */
  public static void main(String[] args) throws IOException, OrtException {
    Options options = Options.parse(args);
    if (options.help()) {
      System.out.println(Options.HELP);
      return;
    }
    Team.setThreads(options.threads());
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(options.threads()));
    new EncoderComparison(options).run();
  }

  private void run() throws IOException, OrtException {
    ceiling = gemmCeiling();
    out.printf("# %d threads; sgemm ceiling %.0f GFLOP/s%n", options.threads(), ceiling);
    out.println("name ours_ms peer peer_ms ratio");
    if (options.golden().isPresent()) {
      Path unpacked = Files.createTempDirectory("electra-bench");
      GoldenModel model = GoldenModel.read(options.golden().get(), unpacked, config);
      try (EncoderUnderTest onnx = new OnnxEncoder(model.onnx(), options.threads())) {
        forwards(model.weights(), List.of(onnx));
      }
    } else {
      forwards(weights(config), List.of());
    }
    trainings(config, "train", new int[][] {{8, 128}, {32, 128}});
    if ("base".startsWith(options.only()) || options.only().startsWith("base")) {
      baseForward();
      trainings(base, "base-train", new int[][] {{8, 128}});
    }
  }

  private void baseForward() {
    WeightMap weights = weights(base);
    TokenBatch batch = Batches.full(8, 128);
    try (EncoderUnderTest ours = new SameDiffEncoder("ours", base, weights, GraphStyle.FUSED);
        EncoderUnderTest torch = new TorchEncoder(base, weights)) {
      requireEqual(ours, torch, batch);
      forward("base-forward-8x128", ours, List.of(batch), List.of(torch), null);
    }
  }

  private static WeightMap weights(ElectraConfig config) {
    return WeightMap.initialise(TensorLayout.of(config), config.initializerRange(), 3);
  }

  private void forwards(WeightMap weights, List<EncoderUnderTest> more) {
    try (EncoderUnderTest ours = new SameDiffEncoder("ours", config, weights, GraphStyle.FUSED);
        EncoderUnderTest stock =
            new SameDiffEncoder("samediff-ops", config, weights, GraphStyle.PORTABLE);
        EncoderUnderTest torch = new TorchEncoder(config, weights)) {
      List<EncoderUnderTest> peers = new ArrayList<>(List.of(torch));
      peers.addAll(more);
      if (options.portable()) {
        peers.add(stock);
      }
      for (int[] shape :
          new int[][] {{1, 128}, {8, 128}, {16, 128}, {32, 128}, {64, 128}, {8, 512}}) {
        TokenBatch batch = Batches.full(shape[0], shape[1]);
        if (options.only().isEmpty() || options.only().startsWith("forward")) {
          peers.forEach(peer -> requireEqual(ours, peer, batch));
        }
        forward("forward-%dx%d".formatted(shape[0], shape[1]), ours, List.of(batch), peers, null);
      }
      List<Integer> lengths = Batches.sentenceLengths(options.quick() ? 256 : 872);
      forward(
          "forward-mix", ours, Batches.byLength(lengths, 32), peers, Batches.inOrder(lengths, 32));
    }
  }

  private void forward(
      String name,
      EncoderUnderTest ours,
      List<TokenBatch> batches,
      List<EncoderUnderTest> peers,
      List<TokenBatch> peerBatches) {
    List<String> names = new ArrayList<>();
    List<Runnable> sides = new ArrayList<>();
    sides.add(() -> batches.forEach(ours::logits));
    for (EncoderUnderTest peer : peers) {
      names.add(peer.name());
      List<TokenBatch> theirs = peerBatches == null ? batches : peerBatches;
      sides.add(() -> theirs.forEach(peer::logits));
    }
    report(name, names, sides);
  }

  private void trainings(ElectraConfig config, String prefix, int[][] shapes) {
    for (int[] shape : shapes) {
      String name = "%s-%dx%d".formatted(prefix, shape[0], shape[1]);
      if (!name.startsWith(options.only())) {
        continue; // the sides take memory
      }
      WeightMap weights = weights(config);
      TokenBatch batch = Batches.full(shape[0], shape[1]);
      float[][] replaced = new float[shape[0]][shape[1]];
      for (int i = 0; i < shape[0] * shape[1]; i += 7) {
        replaced[i / shape[1]][i % shape[1]] = 1;
      }
      List<TrainerUnderTest> sides = new ArrayList<>();
      sides.add(new SameDiffTrainer("ours", config, weights, GraphStyle.FUSED));
      sides.add(new TorchTrainer(config, weights));
      if (options.portable()) {
        sides.add(new SameDiffTrainer("samediff-ops", config, weights, GraphStyle.PORTABLE));
      }
      report(
          name,
          sides.stream().skip(1).map(TrainerUnderTest::name).toList(),
          sides.stream().<Runnable>map(side -> () -> side.step(batch, replaced)).toList());
      sides.forEach(TrainerUnderTest::close);
    }
  }

  /** Side 0 is ours, the others are peers in the order of their names. */
  private void report(String name, List<String> peers, List<Runnable> sides) {
    if (!name.startsWith(options.only())) {
      return;
    }
    for (int i = 0; i < WARM_UPS; i++) {
      sides.forEach(Runnable::run); // the JIT compiler is at work
    }
    double slowest = sides.stream().mapToDouble(Rounds::millis).max().orElse(1);
    double seconds = options.quick() ? 4 : 20;
    double[] medians = Rounds.within(seconds, slowest).measure(sides);
    for (int peer = 0; peer < peers.size(); peer++) {
      out.printf(
          "%s %.1f %s %.1f %.2f%n",
          name, medians[0], peers.get(peer), medians[peer + 1], medians[0] / medians[peer + 1]);
    }
    if (name.equals("forward-32x128")) {
      double gflops = products(32, 128) / medians[0] / 1e6;
      out.printf("# %s: %.0f %% of the sgemm ceiling%n", name, 100 * gflops / ceiling);
    }
  }

  /** Floating-point operations of the matrix products of a forward pass, the head included. */
  private double products(int batch, int seq) {
    double hidden = config.encoder().hiddenSize();
    double perToken =
        config.encoder().layers()
                * (4 * hidden * hidden
                    + 2 * hidden * config.encoder().intermediateSize()
                    + 2 * seq * hidden)
            + config.embeddingSize() * hidden
            + hidden * hidden;
    return 2 * perToken * batch * seq;
  }

  private static void requireEqual(EncoderUnderTest ours, EncoderUnderTest peer, TokenBatch batch) {
    float[][] mine = ours.logits(batch);
    float[][] theirs = peer.logits(batch);
    double largest = 0;
    for (int row = 0; row < mine.length; row++) {
      for (int column = 0; column < mine[row].length; column++) {
        largest = Math.max(largest, Math.abs(mine[row][column] - theirs[row][column]));
      }
    }
    if (!(largest <= LARGEST_DIFFERENCE)) {
      throw new IllegalStateException(
          "Ours and %s do not compute the same: logits differ by up to %g"
              .formatted(peer.name(), largest));
    }
  }

  /** Best rate of OpenBLAS's own threads on a large square product. */
  private static double gemmCeiling() {
    int size = 2048;
    INDArray left = Nd4j.rand(DataType.FLOAT, size, size);
    INDArray right = Nd4j.rand(DataType.FLOAT, size, size);
    INDArray product = Nd4j.create(DataType.FLOAT, new long[] {size, size}, 'f');
    Runnable multiply = () -> Nd4j.gemm(left, right, product, false, false, 1, 0);
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      best = Math.min(best, Rounds.millis(multiply));
    }
    return 2.0 * size * size * size / best / 1e6;
  }
}
