package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.cli.DoctorCommand.Verdict;
import io.github.electra4j.cli.device.MachineFacts;
import io.github.electra4j.cli.device.MachineFacts.FoundGpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final long GIGA = 1L << 30;

  private static final FoundGpu GOOD = new FoundGpu(0, "GPU 0 (X)", "");
  private static final FoundGpu BAD = new FoundGpu(0, "GPU 0 (Y): no code", "Use another.");

  private static MachineFacts facts(String backend, OptionalLong limit, List<FoundGpu> gpus) {
    MachineFacts.Memory memory = new MachineFacts.Memory(limit, 24 * GIGA, 14 * GIGA);
    return new MachineFacts(backend, "plain", "avx2", memory, false, gpus, "no driver");
  }

  @Test
  void aMachineThatRunsTheTestsIsWell() {
    Run run = Run.of("doctor", "--json").exits(ExitCode.OK);
    assertEquals("", run.err());
    Set<String> subjects = new HashSet<>();
    for (JsonNode finding : run.json()) {
      subjects.add(finding.get("subject").textValue());
      boolean advised = finding.get("verdict").textValue().equals("advice");
      assertEquals(advised, finding.has("remedy"), finding.toString());
    }
    assertTrue(
        subjects.containsAll(
            List.of(
                "Java", "memory", "Vector API", "native library", "ND4J", "GPU", "model cache")),
        subjects.toString());
    Run plain = Run.of("doctor").exits(ExitCode.OK);
    assertTrue(plain.out().contains("starts; backend CPU, BLAS OPENBLAS"), plain.out());
  }

  @Test
  void aHeapThatLeavesNoRoomForArraysIsAdvisedAgainst() {
    MachineFacts tight = facts("cpu", OptionalLong.of(2 * GIGA), List.of());
    assertEquals(Verdict.OK, DoctorCommand.memory(GIGA, tight).verdict());
    DoctorCommand.Finding finding = DoctorCommand.memory(2 * GIGA, tight);
    assertEquals(Verdict.ADVICE, finding.verdict());
    assertTrue(finding.remedy().contains("-Xmx1024m"), finding.remedy());
    MachineFacts free = facts("cpu", OptionalLong.empty(), List.of());
    assertEquals(Verdict.OK, DoctorCommand.memory(2 * GIGA, free).verdict());
    assertEquals(Verdict.ADVICE, DoctorCommand.memory(GIGA / 8, free).verdict());
    assertEquals(
        "heap up to 2,048 MB, no limit for the process; the machine has 24,576 MB, 14,336 MB of"
            + " them free",
        DoctorCommand.memory(2 * GIGA, free).found());
    DoctorCommand.Finding large = DoctorCommand.memory(23 * GIGA, free);
    assertEquals(Verdict.ADVICE, large.verdict());
    assertTrue(large.remedy().contains("-Xmx12288m"), large.remedy());
  }

  @Test
  void whatCouldBeFasterIsSaid() {
    MachineFacts slow = facts("cpu", OptionalLong.empty(), List.of());
    assertTrue(DoctorCommand.library(slow).remedy().contains("linux-x86_64-avx2.jar"));
    assertTrue(DoctorCommand.vectorApi(slow).remedy().contains("ELECTRA_VECTOR"));
  }

  @Test
  void aProgramForGpusNeedsOne() {
    MachineFacts none = facts("cuda", OptionalLong.empty(), List.of());
    assertEquals(Verdict.PROBLEM, DoctorCommand.gpu(none).verdict());
    assertEquals("no driver", DoctorCommand.gpu(none).remedy());
    MachineFacts one = facts("cuda", OptionalLong.empty(), List.of(GOOD));
    assertEquals(Verdict.OK, DoctorCommand.gpu(one).verdict());
    MachineFacts unused = facts("cpu", OptionalLong.empty(), List.of(GOOD));
    assertTrue(DoctorCommand.gpu(unused).remedy().contains("-Pcuda"));
  }

  @Test
  void aGpuOnWhichNothingCanBeComputedIsJudgedByWhetherItIsNeeded() {
    MachineFacts needed = facts("cuda", OptionalLong.empty(), List.of(BAD));
    assertEquals(Verdict.PROBLEM, DoctorCommand.gpu(needed).verdict());
    assertEquals("Use another.", DoctorCommand.gpu(needed).remedy());
    MachineFacts second =
        facts("cuda", OptionalLong.empty(), List.of(BAD, new FoundGpu(1, "GPU 1 (X)", "")));
    assertEquals(Verdict.ADVICE, DoctorCommand.gpu(second).verdict());
    assertTrue(DoctorCommand.gpu(second).remedy().contains("--device=cuda:1"));
    DoctorCommand.Finding unused =
        DoctorCommand.gpu(facts("cpu", OptionalLong.empty(), List.of(BAD)));
    assertEquals(Verdict.OK, unused.verdict());
    assertTrue(unused.found().contains("no code"), unused.found());
    assertEquals("", unused.remedy());
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
    assertEquals(Verdict.OK, DoctorCommand.cache(folder.resolve("a/b")).verdict());
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(Verdict.ADVICE, DoctorCommand.cache(file.resolve("models")).verdict());
  }
}
