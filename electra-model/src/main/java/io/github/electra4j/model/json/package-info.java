/**
 * Configurations as JSON, in three dialects: this project's own, HuggingFace's, and the settings of
 * google-research/electra. Unknown keys are errors, because a mistyped key would otherwise silently
 * leave a default in force.
 */
package io.github.electra4j.model.json;
