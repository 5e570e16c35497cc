package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsMalformedTest {
  @TempDir Path folder;

  /** Single quotes stand for double ones; 8 bytes of data follow the header. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[]                                                                  | starts with",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}               | not valid JSON",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} {}           | last brace",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | Duplicate field 'a'",
        "{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}| Duplicate field 'dtype'",
        "{'a':{'dtype':'Q4','shape':[2],'data_offsets':[0,8]}}               | dtype \"Q4\"",
        "{'a':{'dtype':7,'shape':[2],'data_offsets':[0,8]}}                  | where a string belongs",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}              | ask for 12 bytes",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}              | ask for 8 bytes",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}             | below 0",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}             | below 0",
        "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}            | a whole number",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}                | a list",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | out of range",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,8]}} | can be counted",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4,8]}}            | more than 2 numbers",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8]}}                | two data_offsets",
        "{'a':{'dtype':'F32','shape':[2]}}                                   | needs dtype",
        "{'a':{'shape':[2],'data_offsets':[0,8]}}                            | needs dtype",
        "{'a':{'dtype':'F32','data_offsets':[0,8]}}                          | needs dtype",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}        | the key \"x\"",
        "{'a':[]}                                                            | description",
        "{'a':null}                                                          | description",
        "{'__metadata__':{'a':1}}                                            | where a string belongs",
        "{'__metadata__':'a'}                                                | of strings",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}              | longer than it says",
        "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}             | cut off",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}              | leaving a gap after 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | inside another",
        "{'a':{'dtype':'F32','shape':[1099511627776],'data_offsets':[0,4398046511104]}} | cut off",
        "{}                                                                  | describes 0 bytes"
      })
  void everyDefectOfTheHeaderIsNamed(String header, String expected) throws IOException {
    MalformedFileException e = refusal(file(header.replace('\'', '"'), 8));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains("bad.safetensors, byte "), e.getMessage());
    assertTrue(e.offset().isPresent());
  }

  @Test
  void tooManyAxesAreRefused() throws IOException {
    String ones = "1,".repeat(40) + "2";
    Path file =
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + ones + "],\"data_offsets\":[0,8]}}", 8);
    assertTrue(refusal(file).getMessage().contains("more than 32 numbers"));
  }

  @Test
  void theAnnouncedHeaderMustFitTheFileAndTheLimit() throws IOException {
    for (long length : new long[] {-1, Long.MIN_VALUE, 9, 1L << 40, 100_000_001}) {
      byte[] bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      MalformedFileException e = refusal(Files.write(folder.resolve("bad.safetensors"), bytes));
      assertTrue(e.getMessage().contains(Long.toUnsignedString(length)), e.getMessage());
    }
  }

  @Test
  void otherFormatsAreRefused() throws IOException {
    Path file = folder.resolve("bad.safetensors");
    for (String text : new String[] {"", "abc", "PK\u0003\u0004 a zip file, longer than eight"}) {
      refusal(Files.writeString(file, text, StandardCharsets.ISO_8859_1));
    }
    // would be taken for UTF-16 by a parser that guesses encodings
    refusal(file("{\u0000\"\u0000a\u0000\"\u0000", 0));
  }

  @Test
  void deepNestingEndsInAnError() throws IOException {
    refusal(file("{\"a\":" + "[".repeat(100_000), 0));
    refusal(file("{\"a\":{\"dtype\":\"F32\",\"shape\":" + "[".repeat(100_000), 0));
  }

  @Test
  void theOffsetOfAJsonErrorCountsFromTheStartOfTheFile() throws IOException {
    MalformedFileException e = refusal(file("{\"a\":!", 0));
    assertEquals(8 + 5, e.offset().orElseThrow());
  }

  private Path file(String header, int dataLength) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    return Files.write(folder.resolve("bad.safetensors"), bytes.array());
  }

  private static MalformedFileException refusal(Path file) {
    return assertThrows(MalformedFileException.class, () -> SafetensorsFile.open(file));
  }
}
