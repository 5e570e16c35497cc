/**
 * The machine under a command: which device computes, whether ND4J can use the GPU that is there,
 * and which build of ND4J's native library suits the processor. Everything here happens before ND4J
 * starts. {@link io.github.electra4j.cli.device.DeviceGuard} is the decision.
 */
package io.github.electra4j.cli.device;
