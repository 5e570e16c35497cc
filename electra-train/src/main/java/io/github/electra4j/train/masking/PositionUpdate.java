package io.github.electra4j.train.masking;

/**
 * One row of tokens with some positions overwritten, as the original's {@code scatter_update} does
 * it. Where a position is updated several times, the new id is the floor of the mean of the
 * updates: harmless where they agree, an unrelated token where they do not. Position 0 stands for
 * "no position" and is never updated.
 *
 * @param ids the new row, [seq]
 * @param updated 1 where the position was updated, else 0, [seq]
 */
public record PositionUpdate(int[] ids, int[] updated) {

  /**
   * Overwrites positions of a row.
   *
   * @param row token ids, [seq]; not changed
   * @param positions indices into the row, [slots]; 0 for an unused slot
   * @param updates the new id of each slot, [slots]
   */
  public static PositionUpdate of(int[] row, int[] positions, int[] updates) {
    if (positions.length != updates.length) {
      throw new IllegalArgumentException(
          "There are %d positions for %d updates".formatted(positions.length, updates.length));
    }
    long[] sums = new long[row.length];
    int[] counts = new int[row.length];
    for (int slot = 0; slot < positions.length; slot++) {
      int position = positions[slot];
      if (position < 0 || position >= row.length) {
        throw new IllegalArgumentException(
            "positions[%d] is %d; the row has %d tokens".formatted(slot, position, row.length));
      }
      sums[position] += updates[slot];
      counts[position]++;
    }
    int[] ids = row.clone();
    int[] updated = new int[row.length];
    for (int position = 1; position < row.length; position++) {
      if (counts[position] > 0) {
        ids[position] = (int) Math.floorDiv(sums[position], (long) counts[position]);
        updated[position] = 1;
      }
    }
    return new PositionUpdate(ids, updated);
  }
}
