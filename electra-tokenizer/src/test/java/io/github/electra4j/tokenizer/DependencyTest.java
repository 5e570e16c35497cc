package io.github.electra4j.tokenizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DependencyTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.electra4j.tokenizer");

  @Test
  void theCodeNeedsTheJdkOnly() {
    assertFalse(CLASSES.isEmpty());
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.github.electra4j.tokenizer..")
        .check(CLASSES);
  }

  @Test
  void theModuleDeclaresTestDependenciesOnly() throws Exception {
    NodeList dependencies =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getElementsByTagName("dependency");
    List<String> scopes = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      scopes.add(dependency.getElementsByTagName("scope").item(0).getTextContent());
    }
    assertFalse(scopes.isEmpty());
    assertEquals(List.of("test"), scopes.stream().distinct().toList());
  }

  @Test
  void thePublicTypesAreThese() {
    TreeSet<String> types =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.isTopLevelClass())
            .filter(type -> type.getPackageName().equals("io.github.electra4j.tokenizer"))
            .map(type -> type.getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        List.of(
            "BasicTokenizer",
            "ElectraTokenizer",
            "EncodeOptions",
            "Encoding",
            "MalformedVocabularyException",
            "Padding",
            "StripAccents",
            "TextPair",
            "TokenizerOptions",
            "Truncation",
            "Vocabulary",
            "WordPiece"),
        List.copyOf(types));
  }
}
