package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The poms agree: what is deployed is in electra-bom, in one version, as a module with a name. */
class PublishedModulesTest {
  private static final File ROOT = Path.of("..").toFile();
  private static final File BOM = new File(ROOT, "electra-bom/pom.xml");

  private final XPath xpath = XPathFactory.newInstance().newXPath();

  @Test
  void theBomListsEveryDeployedModuleAndNoOther() throws Exception {
    TreeSet<String> deployed = new TreeSet<>(deployed().keySet());
    assertTrue(deployed.size() >= 6, () -> "deployed modules found: " + deployed);
    TreeSet<String> listed =
        new TreeSet<>(
            texts(
                document(BOM),
                "//dependencyManagement//dependency[groupId='io.github.electra4j']/artifactId"));
    assertEquals(deployed, listed, "electra-bom/pom.xml");
  }

  @Test
  void theBomHasTheVersionsOfTheParent() throws Exception {
    Document parent = document(new File(ROOT, "pom.xml"));
    for (String place :
        List.of(
            "/project/version",
            "/project/properties/nd4j.version",
            "/project/properties/slf4j.version",
            "/project/properties/commons-math3.version",
            "/project/properties/project.build.outputTimestamp")) {
      assertEquals(texts(parent, place), texts(document(BOM), place), place);
    }
  }

  @Test
  void everyDeployedModuleHasAModuleNameOfItsOwn() throws Exception {
    Map<String, String> names = deployed();
    names.forEach(
        (artifact, name) ->
            assertEquals("io.github." + artifact.replaceFirst("electra-", "electra4j."), name));
  }

  /** Artifact to module name. */
  private Map<String, String> deployed() throws Exception {
    Map<String, String> deployed = new TreeMap<>();
    for (String module : texts(document(new File(ROOT, "pom.xml")), "/project/modules/module")) {
      Document pom = document(new File(ROOT, module + "/pom.xml"));
      boolean hasJar = texts(pom, "/project/packaging[. != 'jar']").isEmpty();
      if (hasJar && !texts(pom, "/project/properties/maven.deploy.skip").contains("true")) {
        deployed.put(
            texts(pom, "/project/artifactId").get(0),
            texts(pom, "/project/properties/module.name").stream().collect(Collectors.joining()));
      }
    }
    return deployed;
  }

  private List<String> texts(Document pom, String path) throws Exception {
    NodeList found = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent().strip())
        .toList();
  }

  private static Document document(File pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom);
  }
}
