package io.github.electra4j.convert.pytorch;

import java.util.HashMap;
import java.util.Map;

/** Names of the instructions that are refused, for messages. */
final class PickleOpcodes {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  static {
    NAMES.put(0x81, "NEWOBJ");
    NAMES.put(0x82, "EXT1");
    NAMES.put(0x83, "EXT2");
    NAMES.put(0x84, "EXT4");
    NAMES.put(0x8b, "LONG4");
    NAMES.put(0x8d, "BINUNICODE8");
    NAMES.put(0x8e, "BINBYTES8");
    NAMES.put(0x8f, "EMPTY_SET");
    NAMES.put(0x90, "ADDITEMS");
    NAMES.put(0x91, "FROZENSET");
    NAMES.put(0x92, "NEWOBJ_EX");
    NAMES.put(0x96, "BYTEARRAY8");
    NAMES.put(0x97, "NEXT_BUFFER");
    NAMES.put(0x98, "READONLY_BUFFER");
    NAMES.put((int) 'o', "OBJ");
    NAMES.put((int) 'P', "PERSID");
    NAMES.put((int) 'd', "DICT");
    NAMES.put((int) 'l', "LIST");
    NAMES.put((int) '0', "POP");
    NAMES.put((int) '1', "POP_MARK");
    NAMES.put((int) '2', "DUP");
    NAMES.put((int) 'F', "FLOAT");
    NAMES.put((int) 'G', "BINFLOAT");
    NAMES.put((int) 'I', "INT");
    NAMES.put((int) 'L', "LONG");
    NAMES.put((int) 'S', "STRING");
    NAMES.put((int) 'T', "BINSTRING");
    NAMES.put((int) 'U', "SHORT_BINSTRING");
    NAMES.put((int) 'V', "UNICODE");
    NAMES.put((int) 'B', "BINBYTES");
    NAMES.put((int) 'C', "SHORT_BINBYTES");
    NAMES.put((int) 'g', "GET");
    NAMES.put((int) 'p', "PUT");
  }

  private PickleOpcodes() {}

  /** E.g. {@code NEWOBJ (0x81)}. */
  static String name(int code) {
    return "%s (0x%02x)".formatted(NAMES.getOrDefault(code, "of unknown name"), code);
  }
}
