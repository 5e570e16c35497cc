package io.github.electra4j.convert.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle may build besides texts, numbers and truth values. Values refer to each other and
 * may form circles, so that nobody may compare, hash or print them.
 */
final class PickleValue {
  /** Python's None. */
  static final Object NONE = new Object();

  private PickleValue() {}

  /** A tuple. */
  static final class Tuple {
    private final List<Object> items;

    Tuple(List<Object> items) {
      this.items = List.copyOf(items);
    }

    List<Object> items() {
      return items;
    }
  }

  /** A list. */
  static final class Sequence {
    private final List<Object> items = new ArrayList<>();
    private boolean taken;

    List<Object> items() {
      return items;
    }

    /**
     * Whether this is the first time that a function takes the items. A list that a pickle passes
     * again and again, two bytes each time, would be copied each time.
     */
    boolean take() {
      boolean first = !taken;
      taken = true;
      return first;
    }
  }

  /** A dictionary whose keys are texts or numbers. */
  static final class Dictionary {
    private final Map<Object, Object> entries = new LinkedHashMap<>();

    Map<Object, Object> entries() {
      return entries;
    }
  }

  /** A class or function that is on the list of those that a weight file may name. */
  static final class Global {
    private final String name;

    Global(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }
  }
}
