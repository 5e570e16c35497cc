package io.github.electra4j.eval;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that is needed to get a result again.
 *
 * @param model name of the model, e.g. of its folder
 * @param modelFingerprint what tells this model from others of that name, e.g. the SHA-256 of its
 *     weights
 * @param config the settings used, under the names that a user would give them; strings, numbers,
 *     booleans, lists and maps of these
 * @param seed from which everything random was drawn
 * @param data the files that were read
 * @param versions the software
 * @param date when the result was computed
 */
public record Provenance(
    String model,
    String modelFingerprint,
    Map<String, ?> config,
    long seed,
    List<DataFingerprint> data,
    Versions versions,
    Instant date) {
  /** Requires all of it, and copies the collections. */
  public Provenance {
    Objects.requireNonNull(model, "Provenance.model is null.");
    Objects.requireNonNull(modelFingerprint, "Provenance.modelFingerprint is null.");
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    data = List.copyOf(data);
    Objects.requireNonNull(versions, "Provenance.versions is null.");
    Objects.requireNonNull(date, "Provenance.date is null.");
  }
}
