package io.github.electra4j.convert.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDownloadTest {
  private static final Patience IMPATIENT = new Patience(2000, 400, 3, 1);

  @TempDir Path folder;
  private byte[] content;
  private FileServer server;
  private DownloadCache cache;
  private final List<Long> seen = new ArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    content = new byte[300_000];
    new Random(7).nextBytes(content);
    server = FileServer.with(content);
    cache = new DownloadCache(folder.resolve("cache"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private PublishedModel model(String path) {
    URI address = URI.create(server.address() + path);
    return new PublishedModel(
        "tiny",
        "for tests",
        content.length,
        List.of(new PublishedFile("tiny.zip", address, Optional.empty())));
  }

  private Path fetch(PublishedModel model) throws IOException {
    return new ModelDownload(cache, IMPATIENT, (file, done, total) -> seen.add(done)).fetch(model);
  }

  private void assertFetched(PublishedModel model) throws IOException {
    Path file = fetch(model);
    assertArrayEquals(content, Files.readAllBytes(file));
    assertEquals(List.of("tiny.zip"), left());
  }

  private String assertFails(PublishedModel model) throws IOException {
    String message = assertThrows(DownloadException.class, () -> fetch(model)).getMessage();
    assertFalse(left().contains("tiny.zip"), () -> "a broken file is in its place");
    assertTrue(message.contains(model.files().get(0).address().toString()), message);
    assertTrue(message.contains("--from-file tiny.zip"), message);
    return message;
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(cache.root().resolve("tiny"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsFetchedOnce() throws IOException {
    assertFetched(model("/tiny.zip"));
    assertFetched(model("/tiny.zip"));
    assertEquals(List.of("-"), server.requests());
    assertEquals(content.length, seen.get(seen.size() - 1));
  }

  @Test
  void twoDoNotFetchTheSameFile() throws IOException {
    Path part = cache.root().resolve("tiny").resolve("tiny.zip.part");
    Files.createDirectories(part.getParent());
    try (FileChannel other =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertTrue(lock.isValid());
      String message =
          assertThrows(DownloadException.class, () -> fetch(model("/tiny.zip"))).getMessage();
      assertTrue(message.contains("by somebody else"), message);
    }
    assertFetched(model("/tiny.zip"));
  }

  @Test
  void aCutDownloadGoesOnWhereItStopped() throws IOException {
    server.cuts.addAll(List.of(100_000, 50_000));
    assertFetched(model("/tiny.zip"));
    assertEquals(List.of("-", "bytes=100000-", "bytes=150000-"), server.requests());
  }

  @Test
  void theNextRunGoesOnToo() throws IOException {
    server.cuts.addAll(List.of(100_000, 0, 0));
    String message = assertFails(model("/tiny.zip"));
    assertTrue(message.contains("ended after 100000 of 300000 bytes"), message);
    assertEquals(List.of("tiny.zip.part", "tiny.zip.part.tag"), left());
    assertFetched(model("/tiny.zip"));
    assertEquals("bytes=100000-", server.requests().get(3));
  }

  @Test
  void aWholePartIsOnlyPutInItsPlace() throws IOException {
    server.cuts.addAll(List.of(100_000, 0, 0));
    assertFails(model("/tiny.zip"));
    Files.write(cache.root().resolve("tiny/tiny.zip.part"), content);
    assertFetched(model("/tiny.zip"));
  }

  @Test
  void anotherFileUnderTheSameAddressIsFetchedFromItsStart() throws IOException {
    server.cuts.addAll(List.of(100_000, 0, 0));
    assertFails(model("/tiny.zip"));
    server.tag = "\"two\"";
    content[5] ^= 1;
    assertFetched(model("/tiny.zip"));
  }

  @Test
  void whatIsLeftOfAnotherAddressIsNotUsed() throws IOException {
    server.cuts.addAll(List.of(100_000, 0, 0));
    assertFails(model("/other.zip"));
    assertFetched(model("/tiny.zip"));
    assertEquals("-", server.requests().get(3));
  }

  @Test
  void aServerWithoutRangesSendsAllAgain() throws IOException {
    server.honoursRanges = false;
    server.cuts.add(100_000);
    assertFetched(model("/tiny.zip"));
    assertEquals(List.of("-", "bytes=100000-"), server.requests());
  }

  @Test
  void aServerWithoutTagsIsAskedForAllAgain() throws IOException {
    server.tag = "W/\"weak\"";
    server.cuts.add(100_000);
    assertFetched(model("/tiny.zip"));
    assertEquals(List.of("-", "-"), server.requests());
  }

  @Test
  void aLengthNeedNotBeAnnounced() throws IOException {
    server.announcesLength = false;
    assertFetched(model("/tiny.zip"));
  }

  @Test
  void silenceIsNoticed() throws IOException {
    server.fallsSilent = true;
    server.cuts.add(1000);
    assertFetched(model("/tiny.zip"));
    assertEquals(List.of("-", "bytes=1000-"), server.requests());
  }

  @Test
  void redirectsAreFollowedWithTheRange() throws IOException {
    server.cuts.add(100_000);
    assertFetched(model("/moved/moved/tiny.zip"));
    assertEquals(6, server.requests().size());
    assertEquals("bytes=100000-", server.requests().get(5));
    String message = assertFails(renamed(model("/loop")));
    assertTrue(message.contains("redirects more than"), message);
  }

  private PublishedModel renamed(PublishedModel model) throws IOException {
    Files.delete(cache.root().resolve("tiny/tiny.zip"));
    return model;
  }

  @Test
  void whatIsMissingIsNotAskedForAgain() throws IOException {
    server.failures.add(404);
    String message = assertFails(model("/tiny.zip"));
    assertTrue(message.contains("answered 404, so there is no such file"), message);
    assertEquals(1, server.requests().size());
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    server.failures.addAll(List.of(503, 429));
    assertFetched(model("/tiny.zip"));
    assertEquals(3, server.requests().size());
  }

  @Test
  void withoutAServerItIsSaidWhatToFetch() throws IOException {
    PublishedModel model = model("/tiny.zip");
    server.close();
    String message = assertFails(model);
    assertTrue(message.contains("On a machine without internet, fetch\n  http://"), message);
  }

  @Test
  void announcedChecksumsAreChecked() throws Exception {
    byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
    server.headers.addAll(
        List.of("x-goog-hash", "crc32c=AAAAAA==,md5=" + Base64.getEncoder().encodeToString(md5)));
    assertFetched(model("/tiny.zip"));
    Files.delete(cache.root().resolve("tiny/tiny.zip"));
    content[9] ^= 1;
    String message = assertFails(model("/tiny.zip"));
    assertTrue(message.contains("is announced with MD5"), message);
    server.headers.clear();
    server.headers.addAll(List.of("X-Linked-Etag", "\"" + sha256() + "\""));
    assertFetched(model("/tiny.zip"));
  }

  @Test
  void aKnownChecksumIsChecked() throws Exception {
    String digits = sha256();
    content[9] ^= 1;
    String message = assertFails(model("/tiny.zip").withSha256(digits));
    assertTrue(message.contains("must have SHA-256 " + digits), message);
    content[9] ^= 1;
    assertFetched(model("/tiny.zip").withSha256(digits));
  }

  private String sha256() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void aModelOfSeveralFilesIsAFolder() throws IOException {
    PublishedModel model =
        PublishedModels.named("google/electra-small-discriminator").at(server.address());
    Path place = fetch(model);
    assertEquals(cache.root().resolve("electra-small-discriminator"), place);
    for (String file : List.of("config.json", "vocab.txt", "pytorch_model.bin")) {
      assertArrayEquals(content, Files.readAllBytes(place.resolve(file)));
    }
    assertTrue(cache.holds(model));
  }

  @Test
  void filesFetchedElsewhereAreTaken() throws IOException {
    Path zip = folder.resolve("mine.zip");
    Files.write(zip, new byte[] {'P', 'K', 5, 6, 0, 0});
    ModelDownload download = ModelDownload.into(cache);
    Path taken = download.take(model("/tiny.zip"), zip);
    assertEquals(cache.root().resolve("tiny/tiny.zip"), taken);
    assertArrayEquals(Files.readAllBytes(zip), Files.readAllBytes(taken));
    assertEquals(taken, download.take(model("/tiny.zip"), taken));
    Files.write(zip, "<html>".getBytes(StandardCharsets.UTF_8));
    String message =
        assertThrows(IOException.class, () -> download.take(model("/tiny.zip"), zip)).getMessage();
    assertTrue(message.contains("no zip"), message);
    PublishedModel hub = PublishedModels.named("electra-base-generator");
    message = assertThrows(IOException.class, () -> download.take(hub, folder)).getMessage();
    assertTrue(message.contains("config.json is missing; fetch https://huggingface.co/"), message);
    for (PublishedFile file : hub.files()) {
      Files.write(folder.resolve(file.name()), content);
    }
    assertTrue(Files.isRegularFile(download.take(hub, folder).resolve("vocab.txt")));
  }
}
