/**
 * Models at work on text, for those who want an answer in three lines. {@link
 * io.github.electra4j.train.inference.Electra} is the way in; what it returns is closeable and safe
 * for several threads, computes many texts in batches of similar length, and reads long texts in
 * windows. Each kind of model in turn:
 *
 * <pre>{@code
 * try (TextClassifier classifier = Electra.textClassifier(models.resolve("sst"))) {
 *   TextClassifier.Decision mood = classifier.classify("A fine film.");
 *   out.println(mood.label() + " " + mood.probabilities().get(mood.label()));
 * }
 * try (TextRegressor regressor = Electra.textRegressor(models.resolve("sts"))) {
 *   double similarity = regressor.value("A man sings.", "Somebody sings.");
 *   out.println(similarity + " of " + regressor.maximum());
 * }
 * try (QuestionAnswerer answerer = Electra.questionAnswering(models.resolve("squad"))) {
 *   Optional<Answer.Span> answer = answerer.find("Who sings?", "A man sings.");
 *   out.println(answer.map(Answer.Span::text).orElse("no answer"));
 * }
 * try (WordTagger tagger = Electra.tagger(models.resolve("names"))) {
 *   for (WordTagger.Word word : tagger.tag("Ada lived in London.")) {
 *     out.println(word.text() + " " + word.tag());
 *   }
 *   for (TextSpan name : tagger.spans("Ada lived in London.")) {
 *     out.println(name.type() + " " + name.text() + " at " + name.start());
 *   }
 * }
 * try (UtteranceParser parser = Electra.utteranceParser(models.resolve("flights"))) {
 *   UtteranceParser.Utterance wish = parser.parse("flights from San Jose");
 *   out.println(wish.intent() + " " + wish.probability());
 *   for (TextSpan slot : wish.slots()) {
 *     out.println(slot.type() + " " + slot.text());
 *   }
 * }
 * try (ReplacementDetector detector = Electra.discriminator(models.resolve("small"))) {
 *   for (ReplacementDetector.Token token : detector.detect("The chef ate the meal.")) {
 *     out.println(token.piece() + " " + token.replaced());
 *   }
 * }
 * try (MaskFiller filler = Electra.fillMask(models.resolve("small"))) {
 *   out.println(filler.fill("The chef [MASK] the meal.", 3).get(0).get(0).piece());
 * }
 * try (TextEmbedder embedder = Electra.embedder(models.resolve("small"))) {
 *   float[] vector = embedder.embed("The chef cooked the meal.");
 *   out.println(vector.length + " numbers");
 * }
 * LoadedModel entailment = LoadedModel.read(models.resolve("rte"));
 * TaskHead head = entailment.checkpoint().head("rte").orElseThrow();
 * try (PairScorer scorer = Electra.pairScorer(entailment, head, Optional.of("entailment"))) {
 *   double[] scores = scorer.scores(List.of(new TextPair("A man sings.", "Somebody sings.")));
 *   out.println(scores[0]);
 * }
 * }</pre>
 */
package io.github.electra4j.train.inference;
