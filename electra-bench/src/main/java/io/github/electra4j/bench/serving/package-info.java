/** The service under load: {@link io.github.electra4j.bench.serving.LoadComparison}. */
package io.github.electra4j.bench.serving;
