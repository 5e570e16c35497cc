package io.github.electra4j.cli.demo;

import io.github.electra4j.cli.demo.world.Chronicle;
import io.github.electra4j.cli.demo.world.World;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.tokenizer.train.TextSource;
import io.github.electra4j.tokenizer.train.TrainedVocabulary;
import io.github.electra4j.tokenizer.train.VocabularyOptions;
import io.github.electra4j.tokenizer.train.VocabularyTrainer;
import io.github.electra4j.tokenizer.train.WordCounter;
import io.github.electra4j.train.corpus.Preparation;
import io.github.electra4j.train.corpus.PrepareConfig;
import io.github.electra4j.train.masking.MaskingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The demo's text as files: what to learn from, what is held out, the vocabulary, and the examples
 * for pre-training that are made of them.
 *
 * @param vocabulary learned from the text
 * @param words of the text, repetitions included
 * @param lines of the text
 * @param examples folder of the examples to learn from
 * @param heldOut folder of those that are held out
 */
record DemoTexts(
    Vocabulary vocabulary, long words, List<String> lines, Path examples, Path heldOut) {
  private static final int HELD_OUT_PASSAGES = 500;

  /** Writes the files into a folder that is there. */
  static DemoTexts write(World world, DemoPlan plan, Path folder) throws IOException {
    Chronicle chronicle = new Chronicle(world);
    List<String> lines = chronicle.lines(plan.passages(), plan.seed());
    Path text = Files.write(folder.resolve("world.txt"), lines);
    Path other =
        Files.write(
            folder.resolve("held-out.txt"), chronicle.lines(HELD_OUT_PASSAGES, plan.seed() + 1));
    TrainedVocabulary trained =
        VocabularyTrainer.train(
            WordCounter.of(TokenizerOptions.uncased()).count(TextSource.of(lines)),
            VocabularyOptions.ofSize(DemoPlan.VOCABULARY));
    Files.write(folder.resolve("vocab.txt"), trained.vocabulary().toBytes());
    Preparation preparation =
        Preparation.of(
            ElectraTokenizer.of(trained.vocabulary(), TokenizerOptions.uncased()),
            PrepareConfig.standard()
                .withMaxSeqLength(DemoPlan.LENGTH)
                .withShards(1)
                .withSeed(plan.seed()));
    Path examples = folder.resolve("examples");
    Path heldOut = folder.resolve("held-out");
    preparation.run(List.of(text), examples, false);
    preparation.run(List.of(other), heldOut, false);
    return new DemoTexts(trained.vocabulary(), trained.words(), lines, examples, heldOut);
  }

  /** The vocabulary as a checkpoint keeps it. */
  TextSettings settings() {
    return new TextSettings(vocabulary.toBytes(), true, Optional.empty());
  }

  /** The special tokens that masking needs. */
  MaskingRules.SpecialIds special() {
    return new MaskingRules.SpecialIds(
        vocabulary.requireId("[CLS]"),
        vocabulary.requireId("[SEP]"),
        vocabulary.requireId("[MASK]"));
  }
}
