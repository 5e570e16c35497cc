/**
 * The demo's small world of text: {@link io.github.electra4j.cli.demo.world.World} has the facts,
 * {@link io.github.electra4j.cli.demo.world.Chronicle} tells them in sentences of a small grammar,
 * and three tasks ask for them.
 */
package io.github.electra4j.cli.demo.world;
