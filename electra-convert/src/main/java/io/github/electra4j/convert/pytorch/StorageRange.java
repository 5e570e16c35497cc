package io.github.electra4j.convert.pytorch;

import java.util.OptionalLong;

/**
 * Where the numbers of a storage are in the file.
 *
 * @param start first byte
 * @param bytes number of bytes
 * @param crc32 CRC-32 of the bytes, if the file knows it
 */
record StorageRange(long start, long bytes, OptionalLong crc32) {}
