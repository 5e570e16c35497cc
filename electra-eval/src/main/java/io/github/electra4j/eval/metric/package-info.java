/**
 * The numbers by which predictions are judged, from plain arrays; nothing here knows of models,
 * files or tasks, and nothing outside the JDK is used. Read {@link
 * io.github.electra4j.eval.metric.Metric} first.
 *
 * <p>Ties, constant input and classes that never occur are treated as scikit-learn and SciPy treat
 * them; each metric says how.
 */
package io.github.electra4j.eval.metric;
