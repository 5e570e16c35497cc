/**
 * Archives from strangers, unpacked with suspicion: {@link
 * io.github.electra4j.convert.archive.ArchiveExtractor} is the entry.
 */
package io.github.electra4j.convert.archive;
