/**
 * Helpers that tests of every module share: where golden files are, an independent reader of
 * tensors, assertions that name the first wrong element, and ways to damage a file. Nothing here
 * depends on another module, so that every module's tests may use it.
 */
package io.github.electra4j.testkit;
