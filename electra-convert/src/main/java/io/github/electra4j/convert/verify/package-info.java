/**
 * Two models side by side: {@link io.github.electra4j.convert.verify.Verification} tells whether
 * they compute the same.
 */
package io.github.electra4j.convert.verify;
