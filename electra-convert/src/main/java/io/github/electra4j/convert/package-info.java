/**
 * Checkpoints of other frameworks, read and written.
 *
 * <p>In reading order: {@link io.github.electra4j.convert.Conversion} takes a source to a target
 * and gives a {@link io.github.electra4j.convert.ConversionReport} of every tensor. {@link
 * io.github.electra4j.convert.TensorFlowImport} reads, as {@link
 * io.github.electra4j.convert.ImportOptions} say; {@link
 * io.github.electra4j.convert.CheckpointSource} and {@link
 * io.github.electra4j.convert.SourceOptions} find the bundle in a folder or an archive; {@link
 * io.github.electra4j.convert.ArchitectureInference}, with {@link
 * io.github.electra4j.convert.ArchitectureHints}, finds the {@link
 * io.github.electra4j.convert.Architecture} that the tensors have. {@link
 * io.github.electra4j.convert.TensorFlowExport} writes, as {@link
 * io.github.electra4j.convert.ExportOptions} say. {@link io.github.electra4j.convert.Inspection}
 * describes a checkpoint without converting it. Folders of HuggingFace's, in and out, have no type
 * of their own here: {@code Conversion} knows them. {@link
 * io.github.electra4j.convert.verify.Verification} tells whether two models compute the same. The
 * file formats are in the packages below.
 *
 * <pre>{@code
 * List<String> problems = Inspection.of(source).problems(); // empty: nothing is missing
 * ConversionReport report =
 *     Conversion.from(source)
 *         .options(ImportOptions.standard().withOptimizer(true))
 *         .to(target, Conversion.Target.NATIVE, ExportOptions.standard());
 * report.notes().forEach(System.err::println);
 * Checkpoint checkpoint = Checkpoint.read(target);
 * try (Discriminator model = Discriminator.of(checkpoint.config(), checkpoint.weights())) {
 *   float[][] replaced = model.probabilities(TokenBatch.of(2, 5, 6, 3)); // [batch][seq]
 * }
 * }</pre>
 */
package io.github.electra4j.convert;
