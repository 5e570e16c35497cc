package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void whatJavaSaysOfFilesBecomesASentence() {
    assertEquals("x does not exist. Check the path.", said(new NoSuchFileException("x")));
    assertEquals(
        "x exists already. Choose another name or pass --overwrite.",
        said(new FileAlreadyExistsException("x")));
    assertEquals(
        "x may not be read or written. Check its permissions.",
        said(new AccessDeniedException("x")));
    assertEquals("x is not a folder. Check the path.", said(new NotDirectoryException("x")));
    assertEquals(
        "x cannot be used (DirectoryNotEmptyException).",
        said(new DirectoryNotEmptyException("x")));
    assertEquals("x: disk full", said(new FileSystemException("x", null, "disk full")));
    assertEquals("y is gone. Check the path.", said(new FileNotFoundException("y is gone")));
    assertEquals("No y. Make one.", said(new FileNotFoundException("No y. Make one.")));
  }

  private static int code(Exception failure) {
    Console console = TestConsole.silent();
    picocli.CommandLine line = CommandLines.of(console, new Interruption(console));
    return new Failures(console).handleExecutionException(failure, line, null);
  }

  @Test
  void networkPortAndDiskAreNoBadInput() {
    List<IOException> machine =
        List.of(
            new ConnectException("Connection refused"),
            new BindException("Address already in use"),
            new UnknownHostException("nosuch.invalid"),
            new SocketTimeoutException("Read timed out"),
            new HttpConnectTimeoutException("HTTP connect timed out"),
            new SSLHandshakeException("no certificate"),
            new IOException("No space left on device"),
            new FileSystemException("x", null, "Disk quota exceeded"),
            new IOException("Fetch it by hand.", new ConnectException("refused")));
    for (IOException each : machine) {
      assertEquals(ExitCode.FAILURE, code(each), each.toString());
      assertEquals(ExitCode.FAILURE, code(new UncheckedIOException(each)), each.toString());
    }
    for (IOException each :
        List.of(
            new NoSuchFileException("No space left"),
            new AccessDeniedException("x"),
            new IOException("x is damaged"),
            new EOFException("x ends"))) {
      assertEquals(ExitCode.BAD_INPUT, code(each), each.toString());
    }
  }

  @Test
  void aHostThatIsUnknownGetsARemedy() {
    assertEquals(
        "nosuch.invalid: Name or service not known. Check the host's name and the network.",
        said(new UnknownHostException("nosuch.invalid: Name or service not known")));
  }

  @Test
  void aBugIsCalledOne() {
    assertTrue(said(new NullPointerException("null")).contains("please report"));
    assertTrue(said(new IndexOutOfBoundsException("7")).contains("(7); this is a fault"));
    assertTrue(said(new IllegalStateException()).startsWith("IllegalStateException; this"));
    assertFalse(said(new IllegalStateException("why")).contains("fault"));
  }

  @Test
  void aLackOfMemoryOrOfTheNativeLibraryIsExplained() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = TestConsole.of(OutputStream.nullOutputStream(), err, 0, false);
    assertEquals(
        ExitCode.FAILURE, Failures.ofMachine(console, new OutOfMemoryError("Java heap space")));
    assertEquals(
        ExitCode.FAILURE, Failures.ofMachine(console, new UnsatisfiedLinkError("no nd4j")));
    String text = err.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("not enough memory (Java heap space)"), text);
    assertTrue(text.contains("ELECTRA_JAVA_OPTS"), text);
    assertTrue(text.contains("no nd4j"), text);
  }

  @Test
  void theStackTraceIsShownOnRequest() {
    Run plain = Run.of("inspect", "no-such-checkpoint").refuses(ExitCode.BAD_INPUT);
    assertFalse(plain.err().contains("\tat "), plain.err());
    Run quiet = Run.of("inspect", "no-such-checkpoint", "--quiet").exits(ExitCode.BAD_INPUT);
    assertTrue(quiet.err().startsWith("error: "), quiet.err());
    Run.of("inspect", "x", "--quiet", "--verbose").refuses(ExitCode.USAGE, "not both");
    Run full = Run.of("inspect", "no-such-checkpoint", "--stacktrace").exits(ExitCode.BAD_INPUT);
    assertTrue(full.err().contains("\tat io.github.electra4j"), full.err());
  }

  private static String said(Throwable cause) {
    return Failures.message(cause);
  }
}
