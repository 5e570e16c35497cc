package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.cli.device.MachineFacts;
import io.github.electra4j.eval.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code electra doctor}: whether this machine is ready, and what would make it better. */
@Command(
    name = "doctor",
    header = "Examine Java, memory, libraries and devices, and say what is missing.",
    description = {
      "A line per finding: ok, advice (it works, but could be better) or problem. Exit code 0, or 1"
          + " if",
      "there is a problem. Nothing is changed and nothing is fetched."
    })
@Examples({"electra doctor", "electra doctor --json", "electra doctor --json > report.json"})
@OptionGroup(OptionGroup.OUTPUT)
final class DoctorCommand implements Callable<Integer> {
  private static final double MEGA = 1 << 20;
  private static final double LEAST_HEAP = 512;
  private static final double NATIVE_SHARE = 0.8;

  private final Console console;

  @Option(names = "--json", description = "Print an array of findings as JSON.")
  private boolean json;

  /** How grave a finding is. */
  enum Verdict {
    OK,
    ADVICE,
    PROBLEM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Something that was examined.
   *
   * @param subject what
   * @param found how it is
   * @param remedy what to do; empty if nothing
   */
  record Finding(String subject, Verdict verdict, String found, String remedy) {
    static Finding ok(String subject, String found) {
      return new Finding(subject, Verdict.OK, found, "");
    }
  }

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    MachineFacts facts = MachineFacts.ofProcess();
    List<Finding> findings = new ArrayList<>();
    Versions versions = Versions.current();
    findings.add(Finding.ok("electra4j", versions.project() + ", ND4J " + versions.nd4j()));
    findings.add(
        Finding.ok(
            "Java",
            "%s of %s on %s %s"
                .formatted(
                    versions.java(),
                    System.getProperty("java.vendor"),
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"))));
    findings.add(
        Finding.ok("processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
    findings.add(memory(Runtime.getRuntime().maxMemory(), facts));
    findings.add(vectorApi(facts));
    findings.add(library(facts));
    findings.add(computing());
    findings.add(gpu(facts));
    findings.add(cache(DownloadedModel.usualCache().root()));
    if (json) {
      console.data(toJson(findings));
    } else {
      findings.forEach(this::print);
    }
    boolean ill = findings.stream().anyMatch(each -> each.verdict() == Verdict.PROBLEM);
    return ill ? ExitCode.FAILURE : ExitCode.OK;
  }

  /** The heap, beside which ND4J's arrays need as much again. */
  static Finding memory(long heap, MachineFacts facts) {
    MachineFacts.Memory memory = facts.memory();
    String limit =
        memory.limit().isPresent()
            ? megabytes(memory.limit().getAsLong()) + " for the whole process"
            : "no limit for the process";
    String found =
        "heap up to %s, %s; the machine has %s, %s of them free"
            .formatted(megabytes(heap), limit, megabytes(memory.total()), megabytes(memory.free()));
    if (heap > NATIVE_SHARE * memory.most()) {
      return new Finding(
          "memory",
          Verdict.ADVICE,
          found,
          "ND4J's arrays lie beside the heap and would not fit. Set ELECTRA_JAVA_OPTS=-Xmx%dm."
              .formatted((long) (memory.most() / MEGA / 2)));
    }
    return heap / MEGA < LEAST_HEAP
        ? new Finding(
            "memory",
            Verdict.ADVICE,
            found,
            "That is little. Set ELECTRA_JAVA_OPTS=-Xmx1g or more.")
        : Finding.ok("memory", found);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.0f MB", bytes / MEGA);
  }

  /** Java's Vector API, which the encoder's operations use. */
  static Finding vectorApi(MachineFacts facts) {
    return facts.vectorApi()
        ? Finding.ok("Vector API", "on")
        : new Finding(
            "Vector API",
            Verdict.ADVICE,
            "off: slower, the same results",
            "Start with ./electra without ELECTRA_VECTOR=off, on a JDK with jdk.incubator.vector.");
  }

  /** The build of ND4J's library. */
  static Finding library(MachineFacts facts) {
    String found =
        "for %s, build %s; best for this processor: %s"
            .formatted(facts.backend(), facts.chosenLibrary(), facts.bestLibrary());
    return facts.backend().equals("cuda") || facts.chosenLibrary().equals(facts.bestLibrary())
        ? Finding.ok("native library", found)
        : new Finding(
            "native library",
            Verdict.ADVICE,
            found,
            "Put nd4j-native-VERSION-linux-x86_64-%s.jar of Maven Central into electra-cli/target/lib, where ./electra puts it after a build."
                .formatted(facts.bestLibrary()));
  }

  private static Finding computing() {
    try {
      Properties found = Nd4j.getExecutioner().getEnvironmentInformation();
      return Finding.ok(
          "ND4J",
          "starts; backend %s, BLAS %s with %s threads, OpenMP with %s"
              .formatted(
                  found.get("backend"),
                  found.get("blas.vendor"),
                  found.get("blas.threads"),
                  found.get("omp.threads")));
    } catch (LinkageError | RuntimeException e) {
      return new Finding(
          "ND4J",
          Verdict.PROBLEM,
          "does not start: " + e,
          "Is there a build for this platform in the lib folder beside electra-cli.jar? Build"
              + " again.");
    }
  }

  /** The GPUs, which only a program that was built for them needs. */
  static Finding gpu(MachineFacts facts) {
    boolean needed = facts.backend().equals("cuda");
    if (facts.gpus().isEmpty()) {
      return needed
          ? new Finding("GPU", Verdict.PROBLEM, "none", facts.gpuRemark())
          : Finding.ok("GPU", "none found, and none needed");
    }
    String found =
        facts.gpus().stream()
            .map(MachineFacts.FoundGpu::described)
            .collect(Collectors.joining("; "));
    Optional<MachineFacts.FoundGpu> usable =
        facts.gpus().stream().filter(MachineFacts.FoundGpu::usable).findFirst();
    if (!needed) {
      String here = found + "; this program was built for the CPU";
      return usable.isEmpty()
          ? Finding.ok("GPU", here)
          : new Finding(
              "GPU",
              Verdict.ADVICE,
              here,
              "To use it, build with ./mvnw -Pcuda -pl electra-cli -am package -DskipTests");
    }
    if (usable.isEmpty()) {
      return new Finding("GPU", Verdict.PROBLEM, found, facts.gpus().get(0).remedy());
    }
    return facts.gpus().get(0).usable()
        ? Finding.ok("GPU", found)
        : new Finding(
            "GPU",
            Verdict.ADVICE,
            found,
            "Commands use the first unless told otherwise: --device=cuda:%d"
                .formatted(usable.get().index()));
  }

  /** The folder of downloaded models. */
  static Finding cache(Path folder) throws IOException {
    Path there = folder;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      return new Finding(
          "model cache",
          Verdict.ADVICE,
          "%s cannot be written".formatted(folder),
          "Set ELECTRA_HOME to a folder of yours, or use electra download --cache.");
    }
    return Finding.ok(
        "model cache",
        "%s, %s free".formatted(folder, megabytes(Files.getFileStore(there).getUsableSpace())));
  }

  private void print(Finding finding) {
    console.data("%-8s %-15s %s".formatted(finding.verdict(), finding.subject(), finding.found()));
    if (!finding.remedy().isEmpty()) {
      console.data("%-8s %-15s %s".formatted("", "", "-> " + finding.remedy()));
    }
  }

  private static String toJson(List<Finding> findings) {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (Finding finding : findings) {
      ObjectNode node =
          all.addObject()
              .put("subject", finding.subject())
              .put("verdict", finding.verdict().toString())
              .put("found", finding.found());
      if (!finding.remedy().isEmpty()) {
        node.put("remedy", finding.remedy());
      }
    }
    return all.toString();
  }
}
