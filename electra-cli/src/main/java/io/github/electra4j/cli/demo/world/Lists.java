package io.github.electra4j.cli.demo.world;

import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.train.answer.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Questions whose answer stands in the text, but which only who knows the words can find. */
public final class Lists {
  private Lists() {}

  /**
   * Questions, each about a list of three words. No text of the world has this list.
   *
   * @param part what they speak of
   * @param seed decides all
   */
  public static List<AnsweredQuestion> questions(World.Part part, int count, long seed) {
    Random random = new Random(seed);
    List<AnsweredQuestion> questions = new ArrayList<>();
    while (questions.size() < count) {
      Offer offer = Offer.drawn(part, random);
      if (offer.sentence().isReserved()) {
        questions.add(question(questions.size(), offer));
      }
    }
    return questions;
  }

  private static AnsweredQuestion question(int id, Offer offer) {
    String text = "what is the " + offer.kind().word() + " ?";
    String context = offer.sentence().text();
    int start = (" " + context + " ").indexOf(" " + offer.wanted() + " ");
    Question.KnownAnswer known = new Question.KnownAnswer(offer.wanted(), start);
    return new AnsweredQuestion(
        new Question(id, "list-" + id, text, context, Optional.of(known)), List.of(offer.wanted()));
  }
}
