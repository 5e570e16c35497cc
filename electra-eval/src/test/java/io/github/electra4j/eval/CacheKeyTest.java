package io.github.electra4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CacheKeyTest {
  @Test
  void everythingButTheOrderShapesTheKey() {
    String key = new CacheKey().with("a", 1).with("b", "x").digest();
    assertEquals(64, key.length());
    assertEquals(key, new CacheKey().with("b", "x").with("a", 1).digest());
    assertNotEquals(key, new CacheKey().with("a", 2).with("b", "x").digest());
    assertNotEquals(key, new CacheKey().with("a", "1").with("b", "x").digest());
    assertNotEquals(key, new CacheKey().with("ab", 1).with("b", "x").digest());
    assertNotEquals(
        new CacheKey().with("a", "bc").digest(), new CacheKey().with("ab", "c").digest());
  }

  @Test
  void aSettingIsGivenOnce() {
    CacheKey key = new CacheKey().with("a", 1);
    assertThrows(IllegalArgumentException.class, () -> key.with("a", 1));
  }
}
