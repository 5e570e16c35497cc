package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void argumentsThatTheLocaleHasMangledAreNoticed() {
    String[] mangled = {"predict", "run", "--text", "K\uFFFD\uFFFDln"};
    assertFalse(Main.isReadable(mangled, "ANSI_X3.4-1968"));
    assertTrue(Main.isReadable(mangled, "UTF-8"), "it was typed like this");
    assertTrue(Main.isReadable(new String[] {"predict", "Koln"}, "ANSI_X3.4-1968"));
    assertTrue(Main.isReadable(new String[0], "ANSI_X3.4-1968"));
  }
}
