/**
 * ELECTRA's own SameDiff operations, written in Java with their own derivatives. The blocks of
 * {@link io.github.electra4j.model.graph} choose between them and compositions of stock operations.
 */
package io.github.electra4j.model.op;
