package io.github.electra4j.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {
  private static final String SKYLAKE = "fma avx2 avx512f avx512cd avx512bw avx512dq avx512vl";

  @ParameterizedTest
  @CsvSource({
    SKYLAKE + ", -avx512 -avx2, -avx512",
    SKYLAKE + ", -avx2, -avx2",
    SKYLAKE + ", '', ''",
    "fma avx2 avx512f avx512cd avx512er avx512pf, -avx512 -avx2, -avx2",
    "fma avx2, -avx512 -avx2, -avx2",
    "avx sse4_2, -avx512 -avx2, ''",
    "'', -avx512 -avx2, ''",
  })
  void theBestBuildIsTheOneThatIsThereAndThatTheProcessorRuns(
      String flags, String there, String best) {
    String cpuInfo =
        "processor\t: 0\nflags\t\t: fpu " + flags + "\nprocessor\t: 1\nflags\t\t: fpu\n";
    Set<String> builds = Set.of(there.split(" "));
    assertEquals(best, NativeLibrary.best(cpuInfo, builds::contains));
  }

  @ParameterizedTest
  @CsvSource({"'Features\t: fp asimd'", "''"})
  void processorsOfAnotherKindGetThePlainBuild(String cpuInfo) {
    assertEquals("", NativeLibrary.best(cpuInfo, build -> true));
  }
}
