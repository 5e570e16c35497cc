package io.github.electra4j.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  @Test
  void theFewestEditsWin() {
    List<String> names = List.of("hidden_size", "vocab_size", "hidden_act");
    assertEquals(Optional.of("hidden_size"), NearestName.of("hiden_size", names));
    assertEquals(Optional.of("vocab_size"), NearestName.of("vocabulary_size", names));
    assertEquals(Optional.empty(), NearestName.of("x", List.of()));
  }

  @Test
  void equalsAreOrderedByName() {
    assertEquals(Optional.of("aa"), NearestName.of("ab", List.of("bb", "aa")));
  }
}
