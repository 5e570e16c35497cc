package io.github.electra4j.convert.pytorch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pickles that would run their author's code in Python are refused by the name of what they want.
 */
class HostilePickleTest {
  private static final int[] NONE = {};
  private static final int[] ONE = {1};

  @TempDir Path folder;

  private void assertRefused(String why, PickleBuilder pickle) throws IOException {
    assertRefused(why, pickle, Map.of("0", new byte[16]));
  }

  private void assertRefused(String why, PickleBuilder pickle, Map<String, byte[]> storages)
      throws IOException {
    Path file = PickleBuilder.zip(folder.resolve("model.bin"), pickle.stop(), storages);
    MalformedFileException error =
        assertThrows(MalformedFileException.class, () -> TorchFile.open(file).close());
    assertTrue(error.getMessage().contains(why), error::getMessage);
    assertTrue(error.getMessage().contains("model.bin"), error::getMessage);
  }

  private static PickleBuilder dictionary() {
    return PickleBuilder.start().op('}').op('(');
  }

  @Test
  void osSystemIsRefusedByName() throws IOException {
    assertRefused(
        "asks for posix.system, which is no part of a tensor and was not called",
        PickleBuilder.start().global("posix", "system").text("echo ha").raw(0x85).op('R'));
    assertRefused("nt.system", PickleBuilder.start().global("nt", "system"));
    assertRefused("builtins.eval", dictionary().text("a").global("builtins", "eval"));
  }

  @Test
  void aCallDeepInsideATensorIsRefused() throws IOException {
    assertRefused(
        "subprocess.Popen",
        dictionary()
            .text("a")
            .global("torch._utils", "_rebuild_tensor_v2")
            .op('(')
            .storage("FloatStorage", "0", 4)
            .number(0)
            .tuple(4)
            .tuple(1)
            .raw(0x89)
            .global("subprocess", "Popen"));
  }

  @Test
  void everyOtherWayToNameAFunctionIsRefused() throws IOException {
    assertRefused("os.system", PickleBuilder.start().text("os").text("system").raw(0x93));
    assertRefused(
        "posix.system", PickleBuilder.start().raw('(', 'i').raw(ascii("posix\nsystem\n")));
    assertRefused("NEWOBJ (0x81)", PickleBuilder.start().op(')').op(')').raw(0x81));
    assertRefused("NEWOBJ_EX (0x92)", PickleBuilder.start().raw(0x92));
    assertRefused("EXT1 (0x82)", PickleBuilder.start().raw(0x82, 1));
    assertRefused("OBJ (0x6f)", PickleBuilder.start().raw('(', 'o'));
    assertRefused("PERSID (0x50)", PickleBuilder.start().raw('P').raw(ascii("0\n")));
    assertRefused(
        "torch.load", PickleBuilder.start().global("torch", "load").text("x").raw(0x85).op('R'));
    assertRefused(
        "torch._utils._rebuild_tensor_v2.__globals__",
        PickleBuilder.start().global("torch._utils", "_rebuild_tensor_v2.__globals__"));
  }

  private static int[] ascii(String text) {
    return text.chars().toArray();
  }

  @Test
  void theMemoCannotSmuggleAFunctionIn() throws IOException {
    assertRefused(
        "calls something that is no function",
        PickleBuilder.start().text("posix.system").op('q').raw(0).op('h').raw(0).op(')').op('R'));
    assertRefused("recalls value 9, which it never stored", PickleBuilder.start().op('h').raw(9));
    assertRefused("recalls value -1", PickleBuilder.start().op('j').raw(0xff, 0xff, 0xff, 0xff));
    // a class where a function is expected, taken from the memo
    assertRefused(
        "calls torch.FloatStorage with arguments that it does not take",
        PickleBuilder.start().global("torch", "FloatStorage").op('q').raw(0).op(')').op('R'));
    // attributes of a storage class
    assertRefused(
        "sets attributes of something that is no dictionary",
        PickleBuilder.start().global("torch", "FloatStorage").op('}').op('b'));
  }

  @Test
  void valuesThatHoldThemselvesOrGrowWithoutEndDoNoHarm() throws IOException {
    PickleBuilder circle = PickleBuilder.start().op(']').op('q').raw(0).op('h').raw(0).op('a');
    assertRefused("no dictionary of tensors", circle);
    PickleBuilder laughs = PickleBuilder.start().op(']').op('q').raw(0);
    for (int level = 1; level < 60; level++) {
      laughs.op(']').op('(');
      for (int i = 0; i < 10; i++) {
        laughs.op('h').raw(level - 1);
      }
      laughs.op('e').op('q').raw(level);
    }
    assertRefused("left over", laughs);
    PickleBuilder deep = PickleBuilder.start().op(')');
    for (int i = 0; i < 200_000; i++) {
      deep.raw(0x85);
    }
    assertRefused("no dictionary of tensors", deep);
    PickleBuilder asKey = dictionary().op(')').op('N').op('u');
    assertRefused("neither a text nor a number", asKey);
  }

  @Test
  void aListIsNotCopiedAgainAndAgain() throws IOException {
    PickleBuilder copies = PickleBuilder.start().global("collections", "OrderedDict");
    copies.op('q').raw(0).op(']').op('(');
    for (int i = 0; i < 1000; i++) {
      copies.text("k" + i).op('N').raw(0x86);
    }
    copies.op('e').raw(0x85).op('q').raw(1);
    for (int i = 0; i < 100; i++) { // 60,000 took a gigabyte from a file of 300 kB
      copies.op('h').raw(0).op('h').raw(1).op('R');
    }
    assertRefused("calls collections.OrderedDict with arguments that it does not take", copies);
  }

  @Test
  void tooManyInstructionsAndTooLongTextsAreRefused() throws IOException {
    PickleBuilder many = PickleBuilder.start();
    for (int i = 0; i < 1_000_001; i++) {
      many.op('N');
    }
    assertRefused("more than 1000000 instructions", many);
    assertRefused(
        "a text of 4294967295 bytes is announced",
        PickleBuilder.start().op('X').raw(0xff, 0xff, 0xff, 0xff));
    assertRefused("at most 200", PickleBuilder.start().op('c').raw(ascii("a".repeat(201))));
  }

  @Test
  void tensorsThatReachBeyondTheirStorageAreRefused() throws IOException {
    String reach = "its storage has 4";
    assertRefused(reach, tensor(0, new int[] {5}, ONE));
    assertRefused(reach, tensor(1, new int[] {4}, ONE));
    assertRefused(reach, tensor(0, new int[] {2, 2}, new int[] {4, 1}));
    assertRefused(reach, tensor(0, new int[] {2, 2}, new int[] {0x7fffffff, 0x7fffffff}));
    assertRefused("starts at the element -1", tensor(-1, ONE, ONE));
    assertRefused("neither may be below 0", tensor(0, new int[] {-1}, ONE));
    assertRefused("neither may be below 0", tensor(3, new int[] {2}, new int[] {-1}));
    assertRefused("1 axes but 0 strides", tensor(0, ONE, NONE));
    // stride 0 would make a terabyte of four numbers
    assertRefused(reach, tensor(0, new int[] {1_000_000, 1_000_000}, new int[] {0, 0}));
    assertRefused(
        "more elements than can be counted",
        tensor(
            0,
            new int[] {0x7fffffff, 0x7fffffff, 0x7fffffff},
            new int[] {0x7fffffff, 0x7fffffff, 0x7fffffff}));
  }

  private static PickleBuilder tensor(int offset, int[] shape, int[] stride) {
    return dictionary().text("a").tensor("0", 4, offset, shape, stride).op('u');
  }

  @Test
  void manyTensorsOnOneStorageAreRefused() throws IOException {
    PickleBuilder many = dictionary();
    for (int i = 0; i < 5; i++) {
      many.text("a" + i).tensor("0", 4, 0, new int[] {4}, ONE);
    }
    assertRefused("more than 4 tensors share the storage 0", many.op('u'));
  }

  @Test
  void storagesMustBeWhatThePickleSays() throws IOException {
    assertRefused(
        "has 16 bytes, but the pickle asks for 20",
        dictionary().text("a").tensor("0", 5, 0, new int[] {5}, ONE).op('u'));
    assertRefused(
        "has no archive/data/1", dictionary().text("a").tensor("1", 4, 0, ONE, ONE).op('u'));
    assertRefused(
        "has no archive/data/../../secret",
        dictionary().text("a").tensor("../../secret", 4, 0, ONE, ONE).op('u'));
    assertRefused(
        "not of the form that torch.save writes",
        dictionary()
            .text("a")
            .tensor("0", 4, 0, ONE, ONE)
            .text("b")
            .tensor("0", 2, 0, ONE, ONE)
            .op('u'));
    assertRefused(
        "asks for torch.QInt8Storage",
        dictionary().text("a").storage("QInt8Storage", "0", 4).op('u'));
  }

  @Test
  void storagesThatLieOnOneAnotherAreRefused() throws IOException {
    PickleBuilder two =
        dictionary()
            .text("a")
            .tensor("0", 4, 0, new int[] {4}, ONE)
            .text("b")
            .tensor("1", 4, 0, new int[] {4}, ONE)
            .op('u');
    Map<String, byte[]> storages = new LinkedHashMap<>();
    storages.put("0", new byte[16]);
    storages.put("1", new byte[16]);
    Path file = PickleBuilder.zip(folder.resolve("model.bin"), two.stop(), storages);
    TorchFile.open(file).close();
    // the directory's last entry gets the address of the one before
    byte[] bytes = Files.readAllBytes(file);
    int last = lastEntry(bytes, bytes.length);
    int before = lastEntry(bytes, last);
    System.arraycopy(bytes, before + 42, bytes, last + 42, 4);
    Files.write(file, bytes);
    assertMessage("the storage 1 begins inside the storage 0", file);
  }

  /** Where the last entry of a zip archive's directory begins that lies before {@code end}. */
  private static int lastEntry(byte[] bytes, int end) {
    int at = end - 4;
    while (bytes[at] != 'P' || bytes[at + 1] != 'K' || bytes[at + 2] != 1 || bytes[at + 3] != 2) {
      at--;
    }
    return at;
  }

  @Test
  void damagedStructureIsRefused() throws IOException {
    assertRefused("from an empty stack", PickleBuilder.start());
    assertRefused("from an empty stack", PickleBuilder.start().op('q').raw(0));
    assertRefused("mark that it never set", PickleBuilder.start().op('t'));
    assertRefused("key \"a\" twice", dictionary().text("a").op('N').text("a").op('N').op('u'));
    assertRefused("a value is missing", dictionary().text("a").op('u'));
    assertRefused("no list", PickleBuilder.start().op('N').op('N').op('a'));
    assertRefused("protocol 1", new PickleBuilder().raw(0x80, 1));
    assertRefused("\"a\" is no tensor", dictionary().text("a").number(3).op('u'));
    assertRefused("no text", PickleBuilder.start().number(1).number(2).raw(0x93));
    assertRefused("of unknown name (0xff)", PickleBuilder.start().raw(0xff));
  }

  @Test
  void otherArchivesAreRefused() throws IOException {
    Path file = folder.resolve("model.bin");
    byte[] pickle = dictionary().text("a").tensor("0", 1, 0, ONE, ONE).op('u').stop();
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle);
    entries.put("b/data.pkl", pickle);
    assertMessage("one data.pkl in a folder", PickleBuilder.zip(file, entries));
    entries.remove("b/data.pkl");
    entries.put("a/data/0", new byte[4]);
    entries.put("a/byteorder", "big".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertMessage("big-endian", PickleBuilder.zip(file, entries));
    entries.put("a/data.pkl", new byte[0]);
    entries.remove("a/byteorder");
    assertMessage("ends in the middle of a value", PickleBuilder.zip(file, entries));
  }

  private static void assertMessage(String why, Path file) {
    MalformedFileException error =
        assertThrows(MalformedFileException.class, () -> TorchFile.open(file).close());
    assertTrue(error.getMessage().contains(why), error::getMessage);
  }
}
