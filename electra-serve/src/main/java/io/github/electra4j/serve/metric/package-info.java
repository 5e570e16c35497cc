/** Numbers about the service in the text format of Prometheus. */
package io.github.electra4j.serve.metric;
