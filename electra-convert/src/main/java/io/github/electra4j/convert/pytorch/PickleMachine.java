package io.github.electra4j.convert.pytorch;

import io.github.electra4j.convert.pytorch.PickleValue.Dictionary;
import io.github.electra4j.convert.pytorch.PickleValue.Global;
import io.github.electra4j.convert.pytorch.PickleValue.Sequence;
import io.github.electra4j.convert.pytorch.PickleValue.Tuple;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one pickle of Python's, with the instructions that {@code torch.save} writes and no others.
 * It builds texts, numbers, tuples, lists and dictionaries; whatever else a pickle names is asked
 * of {@link Constructors}, which knows tensors. Nothing is imported or called.
 */
final class PickleMachine {
  /** Most instructions; a model with a thousand tensors has some thirty thousand. */
  private static final int MOST_STEPS = 1_000_000;

  private static final int LONGEST_TEXT = 1 << 16;
  private static final int LONGEST_NAME = 200;
  private static final int LATEST_PROTOCOL = 5;

  private static final Object MARK = new Object();

  /** Makes the values that are not Python's own. */
  interface Constructors {
    /** Whether a weight file may name this class or function, e.g. {@code torch.FloatStorage}. */
    boolean knows(String global);

    /** What calling it gives; null if it cannot be called like this. */
    Object call(String global, List<Object> arguments);

    /** What stands outside the pickle; null if the reference is not understood. */
    Object persistent(Object reference);
  }

  private final ByteRegion in;
  private final Constructors constructors;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleMachine(ByteRegion in, Constructors constructors) {
    this.in = in;
    this.constructors = constructors;
  }

  /**
   * The value of the pickle at which {@code in} stands; {@code in} stands behind it then.
   *
   * @throws io.github.electra4j.model.storage.MalformedFileException if it holds an instruction or
   *     names a class or function that no weight file needs, or is damaged
   */
  static Object run(ByteRegion in, Constructors constructors) throws IOException {
    return new PickleMachine(in, constructors).run();
  }

  private Object run() throws IOException {
    for (int step = 0; step < MOST_STEPS; step++) {
      int code = in.u8();
      if (code == '.') {
        Object value = pop();
        if (!stack.isEmpty()) {
          throw in.wrong("the pickle ends with %d values left over".formatted(stack.size()));
        }
        return value;
      }
      if (!scalar(code) && !container(code) && !reference(code)) {
        throw in.wrong(
            "the pickle has the instruction %s, which no weight file needs; it was not carried out"
                .formatted(PickleOpcodes.name(code)));
      }
    }
    throw in.wrong("the pickle has more than %d instructions".formatted(MOST_STEPS));
  }

  private boolean scalar(int code) throws IOException {
    switch (code) {
      case 0x80 -> protocol(in.u8());
      case 0x95 -> in.skip(8); // FRAME: a length that only helps those who read ahead
      case 'N' -> stack.add(PickleValue.NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) in.u8());
      case 'M' -> stack.add((long) in.u16());
      case 'J' -> stack.add((long) in.i32());
      case 0x8a -> stack.add(number(in.u8()));
      case 'X' -> stack.add(text(in.i32()));
      case 0x8c -> stack.add(text(in.u8()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int code) throws IOException {
    switch (code) {
      case '(' -> stack.add(MARK);
      case ')' -> stack.add(new Tuple(List.of()));
      case 't' -> stack.add(new Tuple(popToMark()));
      case 0x85 -> stack.add(new Tuple(pop(1)));
      case 0x86 -> stack.add(new Tuple(pop(2)));
      case 0x87 -> stack.add(new Tuple(pop(3)));
      case '}' -> stack.add(new Dictionary());
      case ']' -> stack.add(new Sequence());
      case 's' -> put(pop(2));
      case 'u' -> put(popToMark());
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean reference(int code) throws IOException {
    switch (code) {
      case 'q' -> memo.put(in.u8(), peek());
      case 'r' -> memo.put(in.i32(), peek());
      case 0x94 -> memo.put(memo.size(), peek());
      case 'h' -> stack.add(remembered(in.u8()));
      case 'j' -> stack.add(remembered(in.i32()));
      case 'c' -> stack.add(global(in.line(LONGEST_NAME), in.line(LONGEST_NAME)));
      case 'i' -> throw refused(in.line(LONGEST_NAME) + "." + in.line(LONGEST_NAME));
      case 0x93 -> stackGlobal(pop(2));
      case 'Q' -> persistent(pop());
      case 'R' -> call(pop(2));
      case 'b' -> build(pop(2));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void protocol(int version) throws IOException {
    if (version < 2 || version > LATEST_PROTOCOL) {
      throw in.wrong(
          "this is a pickle of protocol %d; those from 2 to %d are known"
              .formatted(version, LATEST_PROTOCOL));
    }
  }

  private Object number(int length) throws IOException {
    byte[] little = in.bytes(length);
    byte[] big = new byte[length];
    for (int i = 0; i < length; i++) {
      big[i] = little[length - 1 - i];
    }
    BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(big);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private String text(int length) throws IOException {
    if (length < 0 || length > LONGEST_TEXT) {
      throw in.wrong(
          "a text of %s bytes is announced, more than %d"
              .formatted(Integer.toUnsignedString(length), LONGEST_TEXT));
    }
    return in.text(length);
  }

  private Object remembered(int index) throws IOException {
    Object value = memo.get(index);
    if (value == null) {
      throw in.wrong("the pickle recalls value %d, which it never stored".formatted(index));
    }
    return value;
  }

  private Global global(String module, String name) throws IOException {
    String full = module + "." + name;
    if (!constructors.knows(full)) {
      throw refused(full);
    }
    return new Global(full);
  }

  private void stackGlobal(List<Object> names) throws IOException {
    if (!(names.get(0) instanceof String module && names.get(1) instanceof String name)) {
      throw in.wrong("a class is named by something that is no text");
    }
    stack.add(global(module, name));
  }

  private IOException refused(String global) {
    return in.wrong(
        "the pickle asks for %s, which is no part of a tensor and was not called; loading this file in Python may run its author's code"
            .formatted(global));
  }

  private void persistent(Object id) throws IOException {
    Object value = constructors.persistent(id);
    if (value == null) {
      throw in.wrong("a reference to a storage is not of the form that torch.save writes");
    }
    stack.add(value);
  }

  private void call(List<Object> call) throws IOException {
    if (!(call.get(0) instanceof Global function && call.get(1) instanceof Tuple arguments)) {
      throw in.wrong("the pickle calls something that is no function of a weight file");
    }
    Object value = constructors.call(function.name(), arguments.items());
    if (value == null) {
      throw in.wrong(
          "the pickle calls %s with arguments that it does not take".formatted(function.name()));
    }
    stack.add(value);
  }

  /** Attributes of a dictionary ({@code _metadata}) say nothing about its tensors. */
  private void build(List<Object> build) throws IOException {
    if (!(build.get(0) instanceof Dictionary)) {
      throw in.wrong("the pickle sets attributes of something that is no dictionary");
    }
    stack.add(build.get(0));
  }

  private void put(List<Object> flat) throws IOException {
    if (!(peek() instanceof Dictionary dictionary) || flat.size() % 2 != 0) {
      throw in.wrong("entries are put into something that is no dictionary, or a value is missing");
    }
    for (int i = 0; i < flat.size(); i += 2) {
      Object key = flat.get(i);
      if (!(key instanceof String) && !(key instanceof Long)) {
        throw in.wrong("a dictionary has a key that is neither a text nor a number");
      }
      if (dictionary.entries().put(key, flat.get(i + 1)) != null) {
        throw in.wrong("a dictionary has the key \"%s\" twice".formatted(key));
      }
    }
  }

  private void append(List<Object> items) throws IOException {
    if (!(peek() instanceof Sequence sequence)) {
      throw in.wrong("values are appended to something that is no list");
    }
    sequence.items().addAll(items);
  }

  private Object peek() throws IOException {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw in.wrong("the pickle takes a value from an empty stack");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws IOException {
    Object value = peek();
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> pop(int count) throws IOException {
    Object[] values = new Object[count];
    for (int i = count - 1; i >= 0; i--) {
      values[i] = pop();
    }
    return List.of(values);
  }

  private List<Object> popToMark() throws IOException {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw in.wrong("the pickle goes back to a mark that it never set");
    }
    List<Object> above = stack.subList(mark + 1, stack.size());
    List<Object> values = List.copyOf(above);
    above.clear();
    stack.remove(mark);
    return values;
  }
}
