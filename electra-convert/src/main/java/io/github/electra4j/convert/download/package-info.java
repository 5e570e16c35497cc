/**
 * The published models, fetched into a folder on this machine: {@link
 * io.github.electra4j.convert.download.PublishedModels} knows their addresses and {@link
 * io.github.electra4j.convert.download.ModelDownload} fetches them, resuming what was interrupted.
 */
package io.github.electra4j.convert.download;
