/**
 * From the files of GLUE to examples. Reading order: {@link
 * io.github.electra4j.eval.dataset.GlueTask} (what a task consists of, and the registry of all of
 * them), {@link io.github.electra4j.eval.dataset.Split}, {@link
 * io.github.electra4j.eval.dataset.SplitFile} and {@link io.github.electra4j.eval.dataset.Columns}
 * (where its examples stand), {@link io.github.electra4j.eval.dataset.Target} (what its labels
 * mean), {@link io.github.electra4j.eval.dataset.GlueReader} and {@link
 * io.github.electra4j.eval.dataset.GlueSplit} (reading them).
 *
 * <p>A task that is not part of GLUE but is kept in tab-separated files is described by a {@code
 * new GlueTask(…)} and read in the same way.
 */
package io.github.electra4j.eval.dataset;
