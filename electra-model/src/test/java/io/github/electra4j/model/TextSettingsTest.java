package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextSettingsTest {
  @Test
  void everyLineTakesAnIdEvenAnEmptyOne() {
    assertEquals(0, of("").pieces());
    assertEquals(1, of("a").pieces());
    assertEquals(1, of("a\n").pieces());
    assertEquals(3, of("a\n\nb").pieces());
    assertEquals(2, of("a\n\n").pieces());
    assertEquals(2, of("a\r\nb\r\n").pieces());
  }

  @Test
  void bytesAreCopiedInAndOut() {
    byte[] bytes = {'a', '\n'};
    TextSettings settings = new TextSettings(bytes, true, Optional.empty());
    bytes[0] = 'x';
    settings.vocabulary()[0] = 'y';
    assertArrayEquals(new byte[] {'a', '\n'}, settings.vocabulary());
  }

  @Test
  void equalityIsByContent() {
    assertEquals(of("a"), of("a"));
    assertEquals(of("a").hashCode(), of("a").hashCode());
    assertNotEquals(of("a"), of("b"));
    assertNotEquals(of("a"), new TextSettings(of("a").vocabulary(), false, Optional.empty()));
    assertEquals("1 pieces, lowerCase=true, stripAccents=Optional.empty", of("a").toString());
  }

  private static TextSettings of(String vocabulary) {
    return new TextSettings(vocabulary.getBytes(StandardCharsets.UTF_8), true, Optional.empty());
  }
}
