package io.github.electra4j.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.electra4j.eval");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.github.electra4j.(**)").should().beFreeOfCycles().check(MODULE);
  }

  @Test
  void metricsDependOnTheJdkAndChunksOnly() {
    classes()
        .that()
        .resideInAPackage("io.github.electra4j.eval.metric")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "io.github.electra4j.eval.metric", "io.github.electra4j.train.chunk")
        .check(MODULE);
  }

  @Test
  void nothingHereComputesWithTensors() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.nd4j..").check(MODULE);
  }
}
