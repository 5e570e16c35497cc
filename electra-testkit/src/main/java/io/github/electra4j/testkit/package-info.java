/**
 * Helpers that tests of every module share: where golden files are, an independent reader of
 * tensors, assertions that name the first wrong element, ways to damage a file, and examples in
 * documents. Nothing here depends on another module, so that every module's tests may use it.
 */
package io.github.electra4j.testkit;
