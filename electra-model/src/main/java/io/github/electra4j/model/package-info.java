/** ELECTRA's architecture, weights, graph and native checkpoint. */
package io.github.electra4j.model;
