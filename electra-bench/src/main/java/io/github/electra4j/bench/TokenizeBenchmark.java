package io.github.electra4j.bench;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Milliseconds for a made-up text of 200,000 characters, by our tokenizer and by the peer:
 *
 * <pre>{@code
 * java -cp electra-bench/target/classes:$(cat electra-bench/target/classpath.txt) \
 *     org.openjdk.jmh.Main TokenizeBenchmark
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenizeBenchmark {
  private static final int CHARACTERS = 200_000;
  private static final long SEED = 20_031L;

  /** Which text is tokenized. */
  @Param({"english", "multilingual"})
  public String text;

  private BenchmarkText lines;
  private ElectraTokenizer ours;
  private PeerTokenizer peer;

  /** Makes the text and both tokenizers. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    SyntheticLanguages languages = new SyntheticLanguages(SEED);
    lines =
        new BenchmarkText(
            text,
            text.equals("english")
                ? languages.english(CHARACTERS)
                : languages.multilingual(CHARACTERS));
    Vocabulary vocabulary = Vocabulary.of(languages.vocabulary());
    ours = ElectraTokenizer.of(vocabulary, TokenizerOptions.uncased());
    peer = PeerTokenizer.load(PeerTokenizer.describe(vocabulary));
  }

  /** Gives the peer's native memory back. */
  @TearDown(Level.Trial)
  public void close() {
    peer.close();
  }

  /** Our ids, without special tokens. */
  @Benchmark
  public void oursIds(Blackhole blackhole) {
    for (String line : lines.lines()) {
      blackhole.consume(ours.ids(line));
    }
  }

  /** Our encoding with everything asked of it that the peer's holds. */
  @Benchmark
  public void oursOffsets(Blackhole blackhole) {
    for (String line : lines.lines()) {
      blackhole.consume(TokenizerWorks.readAll(ours.encode(line)));
    }
  }

  /** The peer's ids by its native calls. */
  @Benchmark
  public void peerIds(Blackhole blackhole) {
    for (String line : lines.lines()) {
      blackhole.consume(peer.nativeIds(line));
    }
  }

  /** The peer's encoding. */
  @Benchmark
  public void peerOffsets(Blackhole blackhole) {
    for (String line : lines.lines()) {
      blackhole.consume(TokenizerWorks.readAll(peer.encode(line)));
    }
  }
}
