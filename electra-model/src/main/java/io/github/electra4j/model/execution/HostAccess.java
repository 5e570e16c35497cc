package io.github.electra4j.model.execution;

import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets operations written in Java take part in a graph that a device computes: before each, what it
 * reads is brought to the memory of the host; after it, what it wrote is marked as newer there, so
 * that the device fetches it. On the CPU, where there is one memory, the backend's manager does
 * nothing for either.
 *
 * @param manager the backend's
 */
record HostAccess(AffinityManager manager) {

  /**
   * {@code operation} with its inputs on the host before and its outputs known to be there after.
   */
  Runnable around(Runnable operation, INDArray[] inputs, INDArray[] outputs) {
    return () -> {
      for (INDArray input : inputs) {
        manager.ensureLocation(input, Location.HOST);
      }
      operation.run();
      for (INDArray output : outputs) {
        if (output != null) { // null where nobody reads it
          manager.tagLocation(output, Location.HOST);
        }
      }
    };
  }
}
