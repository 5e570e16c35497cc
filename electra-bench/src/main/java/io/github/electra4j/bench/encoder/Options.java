package io.github.electra4j.bench.encoder;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to compare.
 *
 * @param quick fewer rounds
 * @param portable whether the portable graph is a peer too; it is slow
 * @param only what the names of the wanted works start with; empty for all
 * @param threads for every side
 * @param golden folder of a model that exists for ONNX Runtime too
 * @param help only say how to use the command
 */
record Options(
    boolean quick,
    boolean portable,
    String only,
    int threads,
    Optional<Path> golden,
    boolean help) {
  static final String HELP =
      """
      Usage: compare [--quick] [--portable] [--only=PREFIX] [--threads=N] [--golden=FOLDER]
      Times ELECTRA-Small against PyTorch, and prints: name ours_ms peer peer_ms ratio
        --quick          fewer rounds
        --portable       this project's graph of stock SameDiff operations is a peer too
        --only=PREFIX    only works whose names start so: forward-1x128 and other shapes,
                         forward-mix, train, joint, base-forward, base-train, threads, memory;
                         steps, memory over 3,000 steps, is measured only when asked for
        --threads=N      threads of every side (default 2)
        --golden=FOLDER  folder with model.onnx.gz and model.safetensors.gz of one model:
                         ONNX Runtime is a peer too""";

  static Options parse(String[] args) {
    boolean quick = false;
    boolean portable = false;
    String only = "";
    int threads = 2;
    Optional<Path> golden = Optional.empty();
    boolean help = false;
    for (String arg : args) {
      switch (arg.replaceAll("=.*", "")) {
        case "--quick" -> quick = true;
        case "--portable" -> portable = true;
        case "--only" -> only = value(arg);
        case "--threads" -> threads = Integer.parseInt(value(arg));
        case "--golden" -> golden = Optional.of(Path.of(value(arg)));
        case "--help" -> help = true;
        default ->
            throw new IllegalArgumentException("Unknown argument %s%n%s".formatted(arg, HELP));
      }
    }
    return new Options(quick, portable, only, threads, golden, help);
  }

  private static String value(String arg) {
    int equals = arg.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("%s wants a value: %s=VALUE".formatted(arg, arg));
    }
    return arg.substring(equals + 1);
  }
}
