/**
 * Answers to questions in the files of SQuAD and MRQA. {@link
 * io.github.electra4j.eval.squad.PredictionWriter} writes them as they come, {@link
 * io.github.electra4j.eval.squad.PredictionFiles} reads anybody's, {@link
 * io.github.electra4j.eval.squad.QuestionScorer} scores them as the official scripts do, {@link
 * io.github.electra4j.eval.squad.QuestionTally} as they come. Worked example, SQuAD 2.0 with null
 * odds and the original's threshold:
 *
 * <pre>{@code
 * Map<String, String> answers = PredictionFiles.answers(folder.resolve("predictions.json"));
 * Map<String, Double> odds = PredictionFiles.nullOdds(folder.resolve("null_odds.json"));
 * QuestionScores scores =
 *     QuestionScorer.squad2(
 *         Path.of("dev-v2.0.json"),
 *         answers,
 *         Optional.of(new QuestionScorer.NullOdds(odds, Squad2Tally.USUAL_THRESHOLD)));
 * scores.values().get("best_f1_thresh");
 * }</pre>
 */
package io.github.electra4j.eval.squad;
