package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium at the page, and what its user sees and does. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private final ChromeDriver driver;

  Browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("CHROME", NAMES));
    options.addArguments("--headless=new", "--disable-gpu", "--hide-scrollbars");
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox"); // it refuses to run as root otherwise
    }
    LoggingPreferences everything = new LoggingPreferences();
    everything.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", everything);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(program("CHROMEDRIVER", List.of("chromedriver"))))
            .build();
    this.driver = new ChromeDriver(service, options);
  }

  /** Where a program is: in the environment, or on the path under one of its names. */
  private static String program(String variable, List<String> names) {
    String told = System.getenv(variable);
    if (told != null && !told.isEmpty()) {
      return told;
    }
    for (String name : names) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
        File file = new File(folder, name);
        if (file.canExecute() && file.isFile()) {
          return file.getPath();
        }
      }
    }
    throw new AssertionError(
        "The profile browser needs %s on the path, or its place in the environment as %s. On Debian: apt-get install chromium chromium-driver"
            .formatted(String.join(" or ", names), variable));
  }

  /** Opens the page and waits until the script has asked for the model. */
  void open(URI page, int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.get(page.toString());
    await(
        "the page to have heard of the model",
        () -> !abilities().isEmpty() || shown("login") || !text("result").isEmpty());
  }

  /** Light or dark. */
  void scheme(String name) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }

  /** What can be chosen, in order. */
  List<String> abilities() {
    List<String> words = new ArrayList<>();
    driver
        .findElements(By.cssSelector("#abilities button"))
        .forEach(each -> words.add(each.getText()));
    return words;
  }

  void choose(String ability) {
    driver.findElements(By.cssSelector("#abilities button")).stream()
        .filter(each -> each.getText().equals(ability))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no button " + ability))
        .click();
  }

  /** Puts a text into a field, key by key, in place of what stands there. */
  void type(String field, String text) {
    WebElement element = driver.findElement(By.id(field));
    element.clear();
    element.sendKeys(text);
  }

  void press(String field, CharSequence keys) {
    driver.findElement(By.id(field)).sendKeys(keys);
  }

  /** Presses the button and waits for what comes. */
  void ask() {
    driver.findElement(By.id("go")).click();
    awaitAnswer();
  }

  void awaitAnswer() {
    await(
        "an answer or an error",
        () -> driver.findElement(By.id("go")).isEnabled() && !text("result").isEmpty());
  }

  /** Elements of the answer. */
  List<WebElement> inResult(String selector) {
    return driver.findElements(By.cssSelector("#result " + selector));
  }

  String text(String id) {
    return driver.findElement(By.id(id)).getText();
  }

  boolean shown(String id) {
    return driver.findElement(By.id(id)).isDisplayed();
  }

  Object run(String script) {
    return driver.executeScript(script);
  }

  /** What the console has said since the last call. */
  List<String> console() {
    List<String> lines = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      lines.add(entry.getMessage());
    }
    return lines;
  }

  void assertQuietConsole() {
    assertEquals(List.of(), console());
  }

  /** Keeps what is seen, for somebody to look at. */
  void picture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  void await(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage("waited for " + what)
        .until(any -> condition.getAsBoolean());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
