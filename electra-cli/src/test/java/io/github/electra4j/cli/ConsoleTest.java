package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final String LINE = System.lineSeparator();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** What a terminal shows after these bytes: the rows, without blanks at their ends. */
  private static String shown(String written) {
    StringBuilder screen = new StringBuilder();
    StringBuilder row = new StringBuilder();
    int column = 0;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '\n') {
        screen.append(row.toString().stripTrailing()).append('\n');
        row.setLength(0);
        column = 0;
      } else if (c == '\r') {
        column = 0;
      } else {
        row.setLength(Math.max(row.length(), column + 1));
        row.setCharAt(column, c);
        column++;
      }
    }
    return screen.append(row.toString().stripTrailing()).toString();
  }

  private String talk() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** What goes into a file has no colours, also when another stream is the terminal. */
  @Test
  void theHelpIsColouredWhereItIsReadAlone() {
    String before = System.getProperty("picocli.ansi", "auto");
    System.setProperty("picocli.ansi", "true"); // as if there were a terminal somewhere
    try {
      for (String[] args : new String[][] {{}, {"--help"}, {"help", "detect"}, {"detect", "-h"}}) {
        Run plain = Run.of((Object[]) args);
        assertFalse((plain.out() + plain.err()).contains("\u001b["), plain.toString());
      }
      assertEquals(
          ExitCode.USAGE, CommandLines.run(TestConsole.of(out, err, 80, true), new String[0]));
      assertTrue(talk().contains("\u001b["), talk());
      assertEquals("", out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setProperty("picocli.ansi", before);
    }
  }

  @Test
  void aStatusIsReplacedByTheNextLineOfTalk() {
    Console console = TestConsole.of(out, err, 40, false);
    console.status("step 10 of 100, a long remark");
    assertEquals("step 10 of 100, a long remark", shown(talk()));
    console.status("step 20");
    assertEquals("step 20", shown(talk()));
    console.say("epoch 1");
    console.status("step 30");
    console.say("done");
    assertEquals("epoch 1\ndone\n", shown(talk()));
  }

  @Test
  void aStatusGivesWayToData() {
    Console console = TestConsole.of(out, err, 40, false);
    console.status("computing");
    console.data("answer");
    console.out().flush();
    assertEquals("", shown(talk()));
    assertEquals("answer" + LINE, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aStatusIsCutToTheWidthOfTheTerminal() {
    Console console = TestConsole.of(out, err, 10, false);
    console.status("0123456789abc");
    assertEquals("012345678", shown(talk()));
  }

  @Test
  void withoutATerminalAStatusIsALine() {
    Console console = TestConsole.of(out, err, 0, false);
    console.status("one");
    console.status("two");
    console.say("three");
    assertEquals("one" + LINE + "two" + LINE + "three" + LINE, talk());
  }

  @Test
  void aBlockOfDataEndsWithALineBreak() {
    Console console = TestConsole.of(out, err, 0, false);
    console.dataBlock("{}");
    console.dataBlock("| a |\n");
    console.out().flush();
    assertEquals("{}" + LINE + "| a |\n", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void errorsAreRedOnATerminalThatAllowsIt() {
    Failures.report(TestConsole.of(out, err, 80, true), "no.");
    assertTrue(talk().startsWith("\u001b["), talk());
    assertTrue(talk().endsWith(" no." + LINE), talk());
    err.reset();
    Failures.report(TestConsole.of(out, err, 80, false), "no.");
    assertEquals("error: no." + LINE, talk());
    err.reset();
    Failures.report(TestConsole.of(out, err, 0, true), "no.");
    assertEquals("error: no." + LINE, talk());
  }

  @Test
  void noColorIsRespectedUnlessEmpty() {
    assertTrue(Console.allowsColours(null));
    assertTrue(Console.allowsColours(""));
    assertFalse(Console.allowsColours("1"));
    assertFalse(Console.allowsColours("0"));
  }

  @Test
  void theLauncherTellsTheWidthOfTheTerminal() {
    assertEquals(OptionalInt.empty(), Console.columns(null));
    assertEquals(OptionalInt.empty(), Console.columns(""));
    assertEquals(OptionalInt.of(132), Console.columns("132"));
    assertEquals(OptionalInt.of(80), Console.columns("0"));
    assertEquals(OptionalInt.of(80), Console.columns("wide"));
  }

  @Test
  void dataThatCannotBeWrittenIsAFailure() {
    Console full =
        TestConsole.of(
            new java.io.OutputStream() {
              @Override
              public void write(int b) throws java.io.IOException {
                throw new java.io.IOException("No space left on device");
              }
            },
            err,
            0,
            false);
    assertEquals(ExitCode.FAILURE, CommandLines.run(full, "--version"));
    assertTrue(talk().contains("error: Standard output cannot be written"), talk());
  }
}
