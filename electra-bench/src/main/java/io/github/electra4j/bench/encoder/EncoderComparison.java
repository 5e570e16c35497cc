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

  private boolean wants(String name) {
    return name.startsWith(options.only());
  }

  /** Whether a work whose name starts with {@code group} is wanted. */
  private boolean wantsAnyOf(String group) {
    return group.startsWith(options.only()) || options.only().startsWith(group);
  }

  private void run() throws IOException, OrtException {
    ceiling = gemmCeiling();
    out.printf("# %d threads; sgemm ceiling %.0f GFLOP/s%n", options.threads(), ceiling);
    out.println("name ours_ms peer peer_ms ratio");
    if (wantsAnyOf("forward")) {
      forwards();
    }
    trainings(config, "train", new int[][] {{8, 128}, {32, 128}});
    joint(8, 128);
    joint(32, 128);
    if (wantsAnyOf("base")) {
      baseForward();
      trainings(base, "base-train", new int[][] {{8, 128}});
    }
    threads();
    memory();
  }

  private void forwards() throws IOException, OrtException {
    if (options.golden().isPresent()) {
      Path unpacked = Files.createTempDirectory("electra-bench");
      GoldenModel model = GoldenModel.read(options.golden().get(), unpacked, config);
      try (EncoderUnderTest onnx = new OnnxEncoder(model.onnx(), options.threads())) {
        forwards(model.weights(), List.of(onnx));
      }
    } else {
      forwards(weights(config), List.of());
    }
  }

  private void joint(int batch, int seq) {
    String name = "joint-%dx%d".formatted(batch, seq);
    if (wants(name)) {
      try (JointComparison joint = new JointComparison(batch, seq)) {
        report(name, List.of("pytorch"), joint.sides());
      }
    }
  }

  /** All threads of ours against one. */
  private void threads() {
    String forward = "threads-forward-32x128";
    String train = "threads-train-8x128";
    TokenBatch batch = Batches.full(32, 128);
    TokenBatch small = Batches.full(8, 128);
    List<String> peers = List.of("one-thread");
    WeightMap weights = weights(config);
    if (wants(forward)) {
      try (EncoderUnderTest many = new SameDiffEncoder("ours", config, weights, GraphStyle.FUSED);
          EncoderUnderTest one = new SameDiffEncoder("one", config, weights, GraphStyle.FUSED)) {
        many.logits(batch);
        onOneThread(() -> one.logits(batch));
        report(forward, peers, List.of(() -> many.logits(batch), () -> one.logits(batch)));
      }
    }
    if (wants(train)) {
      float[][] none = new float[8][128];
      try (TrainerUnderTest many = new SameDiffTrainer("ours", config, weights, GraphStyle.FUSED);
          TrainerUnderTest one = new SameDiffTrainer("one", config, weights, GraphStyle.FUSED)) {
        many.step(small, none);
        onOneThread(() -> one.step(small, none));
        report(train, peers, List.of(() -> many.step(small, none), () -> one.step(small, none)));
      }
    }
  }

  /** A plan has the threads of the time when it was compiled, in its first run. */
  private void onOneThread(Runnable firstRun) {
    Team.setThreads(1);
    firstRun.run();
    Team.setThreads(options.threads());
  }

  private void memory() throws IOException {
    for (int batch : new int[] {8, 32}) {
      String name = "memory-train-%dx128".formatted(batch);
      if (wants(name)) {
        double ours = training("ours", batch, List.of(128), 12).peak();
        double torch = training("pytorch", batch, List.of(128), 12).peak();
        out.printf("%s %.0f_MB pytorch %.0f_MB %.2f%n", name, ours, torch, ours / torch);
      }
    }
    if (options.only().startsWith("steps")) {
      TrainingMemory.Megabytes found = training("ours", 2, List.of(8, 24, 16), 3000);
      out.printf(
          "steps-3000 %.0f_MB after-1000 %.0f_MB %.2f%n",
          found.late(), found.early(), found.late() / found.early());
    }
  }

  private TrainingMemory.Megabytes training(
      String side, int batch, List<Integer> lengths, int steps) throws IOException {
    return new TrainingMemory.Run(side, batch, lengths, steps, options.threads()).measure();
  }

  private void baseForward() {
    if (!wants("base-forward-8x128")) {
      return;
    }
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
        String name = "forward-%dx%d".formatted(shape[0], shape[1]);
        if (wants(name)) {
          peers.forEach(peer -> requireEqual(ours, peer, batch));
          double millis = forward(name, ours, List.of(batch), peers, null);
          double gflops = products(shape[0], shape[1]) / millis / 1e6;
          out.printf(
              "# %s: %.0f µs per token, %.0f %% of the sgemm ceiling%n",
              name, 1000 * millis / shape[0] / shape[1], 100 * gflops / ceiling);
        }
      }
      if (!wants("forward-mix")) {
        return;
      }
      List<Integer> lengths = Batches.sentenceLengths(options.quick() ? 256 : 872);
      forward(
          "forward-mix", ours, Batches.byLength(lengths, 32), peers, Batches.inOrder(lengths, 32));
    }
  }

  /** Prints the lines of a work and returns our milliseconds. */
  private double forward(
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
    return report(name, names, sides);
  }

  private void trainings(ElectraConfig config, String prefix, int[][] shapes) {
    for (int[] shape : shapes) {
      String name = "%s-%dx%d".formatted(prefix, shape[0], shape[1]);
      if (!wants(name)) {
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

  /** Side 0 is ours, the others are peers in the order of their names; returns our median. */
  private double report(String name, List<String> peers, List<Runnable> sides) {
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
    return medians[0];
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
