package io.github.electra4j.eval.metric;

import io.github.electra4j.train.chunk.ChunkDecoding;
import java.util.List;

/**
 * How well intents of utterances and the slots of their words were found together.
 *
 * <p>Example: of two utterances with right intents, one has a wrong slot; intent accuracy is 1,
 * exact match 0.5.
 */
public final class IntentTally {
  private final ChunkTally slots = new ChunkTally(ChunkDecoding.CONLLEVAL);
  private int utterances;
  private int rightIntents;
  private int exact;

  /**
   * An utterance as labelled.
   *
   * @param intent name of the intent
   * @param slots one tag per word
   */
  public record Frame(String intent, List<String> slots) {
    /** Copies the list. */
    public Frame {
      slots = List.copyOf(slots);
    }
  }

  /**
   * Counts an utterance. It is exactly right if its intent and the tags of all its words are.
   *
   * @param predicted with as many slots as {@code gold}
   */
  public void add(Frame gold, Frame predicted) {
    slots.add(gold.slots(), predicted.slots());
    utterances++;
    boolean rightIntent = gold.intent().equals(predicted.intent());
    rightIntents += rightIntent ? 1 : 0;
    exact += rightIntent && gold.slots().equals(predicted.slots()) ? 1 : 0;
  }

  /** The share of utterances with the right intent, from 0 to 1. */
  public double intentAccuracy() {
    return share(rightIntents);
  }

  /** The share of utterances with the right intent and the right tag of every word. */
  public double exactMatch() {
    return share(exact);
  }

  /** The slots as chunks. */
  public ChunkTally slots() {
    return slots;
  }

  private double share(int count) {
    if (utterances == 0) {
      throw new IllegalStateException("No utterance was counted; add at least one.");
    }
    return (double) count / utterances;
  }
}
