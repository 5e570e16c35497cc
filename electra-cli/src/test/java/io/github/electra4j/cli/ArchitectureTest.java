package io.github.electra4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may import which: the arrows of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final String PROJECT = "io.github.electra4j.";

  /** Every module that is shipped, with the modules that it may import. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "tokenizer", Set.of(),
          "model", Set.of(),
          "train", Set.of("tokenizer", "model"),
          "convert", Set.of("model"),
          "eval", Set.of("tokenizer", "model", "train"),
          "serve", Set.of("tokenizer", "model", "train"),
          "adapters", Set.of("tokenizer", "model", "train"),
          "cli", Set.of("tokenizer", "model", "train", "convert", "eval", "serve"));

  /** Modules that are not shipped: nothing may import them. */
  private static final Set<String> UNSHIPPED = Set.of("testkit", "bench", "tensorflow-check");

  /**
   * Records of the model's public package in which its other packages speak. The same package holds
   * the façades, which use those packages: a module has one public package, so that the two cannot
   * be told apart by name. They are told apart here instead: a package may use these records, and a
   * façade any package, without a cycle.
   */
  private static final Set<String> MODEL_RECORDS =
      Set.of(
          "ElectraConfig",
          "EncoderConfig",
          "GeneratorConfig",
          "HeadLayers",
          "SpanSettings",
          "TaskHead",
          "TokenBatch",
          "VocabularyHead");

  /** A slice per package, and one for the records of the model. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String name = type.getName().replaceFirst("[$].*", "");
          boolean record =
              type.getPackageName().equals(PROJECT + "model")
                  && MODEL_RECORDS.contains(name.substring(name.lastIndexOf('.') + 1));
          return SliceIdentifier.of(record ? "records of model" : type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "packages, the records of the model apart";
        }
      };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.electra4j");

  static Set<String> modules() {
    return new TreeSet<>(ARROWS.keySet());
  }

  private static String below(String module) {
    return PROJECT + module.replace("-", "") + "..";
  }

  @Test
  void everyModuleOfTheBuildHasItsArrows() throws IOException {
    Set<String> built = new TreeSet<>();
    Matcher module =
        Pattern.compile("<module>electra-(.*)</module>")
            .matcher(Files.readString(Path.of("../pom.xml")));
    while (module.find()) {
      built.add(module.group(1));
    }
    Set<String> known = new TreeSet<>(ARROWS.keySet());
    known.addAll(UNSHIPPED);
    known.add("bom"); // versions alone, no classes
    assertEquals(known, built);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleImportsOnlyThoseItMay(String module) {
    assertFalse(
        CLASSES.that(inModule(module)).isEmpty(), "no classes of " + module + " were found");
    Set<String> others = new TreeSet<>(ARROWS.keySet());
    others.addAll(UNSHIPPED);
    others.remove(module);
    others.removeAll(ARROWS.get(module));
    if (!others.isEmpty()) {
      noClasses()
          .that()
          .resideInAPackage(below(module))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others.stream().map(ArchitectureTest::below).toArray(String[]::new))
          .check(CLASSES);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void packagesOfAModuleAreFreeOfCycles(String module) {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLASSES.that(inModule(module)));
  }

  @Test
  void theExceptionFromTheRuleOfCyclesIsNeeded() {
    for (String name : MODEL_RECORDS) {
      assertTrue(CLASSES.contain(PROJECT + "model." + name), name);
    }
    assertThrows(
        AssertionError.class,
        () ->
            slices()
                .matching(PROJECT + "(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES.that(inModule("model"))));
  }

  private static DescribedPredicate<JavaClass> inModule(String module) {
    return JavaClass.Predicates.resideInAPackage(below(module));
  }

  @Test
  void theTokenizerNeedsNothingButJava() {
    classes()
        .that()
        .resideInAPackage(below("tokenizer"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", below("tokenizer"))
        .check(CLASSES);
  }

  @Test
  void metricsAndChunksNeedNothingButJava() {
    classes()
        .that()
        .resideInAnyPackage(below("eval.metric"), below("train.chunk"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", below("eval.metric"), below("train.chunk"))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage(below("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void nobodyNamesABackendOfNd4j() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j.linalg.cpu..", "org.nd4j.linalg.jcublas..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEntryPointEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }
}
