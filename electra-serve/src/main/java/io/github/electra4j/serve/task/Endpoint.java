package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.serve.batch.Engine;
import io.github.electra4j.serve.batch.Weighed;
import java.util.List;

/**
 * One thing that a model can be asked.
 *
 * @param <I> what is asked of one text
 * @param <O> what the model says of it
 */
public interface Endpoint<I, O> extends Engine<I, O>, AutoCloseable {
  /**
   * The inputs of a request, at least one, at most as many as the limits allow.
   *
   * @throws InvalidRequestException if its fields are not as they should be
   */
  List<Weighed<I>> read(JsonNode body, RequestLimits limits) throws InvalidRequestException;

  /** The answer about one input. */
  JsonNode write(I input, O output);

  @Override
  void close();
}
