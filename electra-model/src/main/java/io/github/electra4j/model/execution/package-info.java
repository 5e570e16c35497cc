/**
 * Running a SameDiff graph without SameDiff's sessions: a graph is compiled once per set of input
 * shapes into a plan with its operations in order, their contexts bound and their buffers shared by
 * lifetime, and the plan is then only replayed. {@link
 * io.github.electra4j.model.execution.GraphRunner} is the entry.
 */
package io.github.electra4j.model.execution;
