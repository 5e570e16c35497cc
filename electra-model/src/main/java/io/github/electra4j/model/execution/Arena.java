package io.github.electra4j.model.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Native buffers for the intermediate results of one plan at a time. Plans for other shapes use the
 * same buffers, so that a worker needs about as much memory as its largest plan.
 */
final class Arena {
  private final List<Slot> slots = new ArrayList<>();

  /** Capacities that earlier plans needed and that a rebuilt arena must offer again. */
  private final List<Capacity> owed = new ArrayList<>();

  private record Capacity(DataType type, long length) {}

  /** One buffer, in use or free. */
  static final class Slot {
    private final Capacity capacity;
    private final INDArray buffer;
    private boolean free;

    private Slot(Capacity capacity) {
      this.capacity = capacity;
      this.buffer = Nd4j.createUninitialized(capacity.type(), capacity.length());
    }

    /** The start of the buffer, seen in the given shape, row-major. */
    INDArray view(long... shape) {
      return Nd4j.create(
          buffer.data(), shape, Nd4j.getStrides(shape, 'c'), 0, 'c', capacity.type());
    }
  }

  /** Number of buffers. */
  int size() {
    return slots.size();
  }

  /** Bytes of all buffers. */
  long bytes() {
    return slots.stream().mapToLong(s -> s.capacity.length() * s.capacity.type().width()).sum();
  }

  /** Makes every slot free, for the compilation of another plan. */
  void freeAll() {
    slots.forEach(slot -> slot.free = true);
  }

  /** Closes every buffer; what is acquired next gets at least the capacities there were. */
  void rebuild() {
    for (Slot slot : slots) {
      owed.add(slot.capacity);
      slot.buffer.close();
    }
    slots.clear();
    owed.sort(Comparator.comparingLong(Capacity::length));
  }

  /** Allocates the capacities that a rebuilt arena still owes to earlier plans. */
  void settle() {
    owed.forEach(capacity -> slots.add(new Slot(capacity)));
    owed.clear();
  }

  /** A slot for {@code length} elements: the tightest free one, or a new one. */
  Slot acquire(DataType type, long length) {
    Slot best = null;
    for (Slot slot : slots) {
      if (slot.free
          && slot.capacity.type() == type
          && slot.capacity.length() >= length
          && (best == null || slot.capacity.length() < best.capacity.length())) {
        best = slot;
      }
    }
    if (best == null) {
      best = new Slot(new Capacity(type, Math.max(length, takeOwed(type, length))));
      slots.add(best);
    }
    best.free = false;
    return best;
  }

  /** Gives a slot back; its content may be overwritten from now on. */
  void release(Slot slot) {
    slot.free = true;
  }

  /** Takes the tightest owed capacity that suffices, else the largest of that type. */
  private long takeOwed(DataType type, long length) {
    Capacity taken = null;
    for (Capacity capacity : owed) {
      if (capacity.type() == type) {
        taken = capacity;
        if (capacity.length() >= length) {
          break;
        }
      }
    }
    if (taken == null) {
      return 0;
    }
    owed.remove(taken);
    return taken.length();
  }
}
