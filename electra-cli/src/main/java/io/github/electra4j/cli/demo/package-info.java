/**
 * The demo: {@link io.github.electra4j.cli.demo.Demo} goes the whole way from text to fine-tuned
 * models, {@link io.github.electra4j.cli.demo.DemoPlan} says how far.
 */
package io.github.electra4j.cli.demo;
