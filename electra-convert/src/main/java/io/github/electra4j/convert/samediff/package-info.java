/**
 * ND4J's own files of graphs: {@link io.github.electra4j.convert.samediff.SameDiffExport} writes a
 * checkpoint as one, {@link io.github.electra4j.convert.samediff.SameDiffFile} reads the variables
 * of any.
 */
package io.github.electra4j.convert.samediff;
