/**
 * What a model can be asked, one class per question: how it reads a request's JSON, computes a
 * batch and writes an answer's JSON. {@link io.github.electra4j.serve.task.ServedModel} is the
 * entry.
 */
package io.github.electra4j.serve.task;
