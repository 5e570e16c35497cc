/**
 * Question answering from text to text. In reading order: {@link
 * io.github.electra4j.train.answer.Question} (what is asked), {@link
 * io.github.electra4j.train.answer.QuestionFeaturizer} (text to windows of tokens), {@link
 * io.github.electra4j.train.answer.AnswerDecoder} (what the head computed to spans of the text),
 * {@link io.github.electra4j.train.answer.Answer}, {@link
 * io.github.electra4j.train.answer.AnswerStream} (any number of questions in constant memory).
 */
package io.github.electra4j.train.answer;
