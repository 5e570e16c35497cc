package io.github.electra4j.convert.tensorflow;

/**
 * One record of a sorted table.
 *
 * @param offset byte of the file at which the record's block starts
 */
record TableRecord(byte[] key, byte[] value, long offset) {}
