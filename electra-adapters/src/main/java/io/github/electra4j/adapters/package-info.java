/**
 * Models where other libraries expect an embedding model or something that scores pairs. Who uses
 * LangChain4j or Spring AI brings it himself; neither comes along with this module.
 *
 * <ol>
 *   <li>{@link io.github.electra4j.adapters.LangChain4jEmbeddings}, {@link
 *       io.github.electra4j.adapters.LangChain4jScoring}
 *   <li>{@link io.github.electra4j.adapters.SpringAiEmbeddings}, {@link
 *       io.github.electra4j.adapters.SpringAiReranking}
 * </ol>
 *
 * <pre>{@code
 * LoadedModel model = LoadedModel.read(folder); // e.g. runs/qnli/model
 * TaskHead head = model.checkpoint().heads().get(0);
 * try (PairScorer scorer = Electra.pairScorer(model, head, Optional.of("entailment"))) {
 *   ScoringModel scoring = new LangChain4jScoring(scorer);
 *   double fit = scoring.score("Ada Lovelace wrote it.", "who wrote it?").content();
 *   System.out.println(fit); // between 0 and 1
 * }
 * }</pre>
 */
package io.github.electra4j.adapters;
