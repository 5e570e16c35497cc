package io.github.electra4j.cli.demo;

import io.github.electra4j.cli.demo.world.Plausibility;
import io.github.electra4j.cli.demo.world.World;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.ReplacementDetector;
import io.github.electra4j.train.inference.SuspicionHtml;
import io.github.electra4j.train.report.CurvePage;
import io.github.electra4j.train.report.HtmlText;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The demo as one HTML page that needs nothing but itself: what pre-training brought, sentences in
 * which the discriminator's suspicion is coloured, and the curves.
 *
 * @param plan what was done
 * @param world what the texts are about
 * @param passages lines of the text, with empty lines between the passages
 * @param charts of pre-training
 * @param contests of the tasks
 */
record DemoReport(
    DemoPlan plan,
    World world,
    List<String> passages,
    List<CurvePage.Chart> charts,
    List<Contest> contests) {
  private static final double THRESHOLD = 0.5;
  private static final int SENTENCES = 12;
  private static final int LINES_SHOWN = 12;
  private static final String STYLE =
      "body{font-family:sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}"
          + "table{border-collapse:collapse;margin:1em 0}"
          + "th,td{border:1px solid #ccc;padding:.3em .8em;text-align:right}"
          + "th:first-child,td:first-child,td:nth-child(2){text-align:left}"
          + "th{background:#f0f0f0}td.better{font-weight:bold}"
          + ".pair{display:grid;grid-template-columns:4em 1fr;align-items:center}"
          + ".pair p{margin:.15em 0}.kind{color:#666;font-size:.85em}"
          + "pre{background:#f7f7f7;padding:.8em}svg{display:block;max-width:100%}"
          + SuspicionHtml.STYLE;

  /**
   * The page.
   *
   * @param model pre-trained
   * @param source where it lies, for messages
   */
  String html(Checkpoint model, Path source) throws IOException {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<title>electra demo</title><style>"
        + STYLE
        + "</style></head><body>\n<h1>electra demo</h1>\n"
        + story()
        + "<h2>What pre-training brought</h2>\n"
        + results()
        + "<h2>What the discriminator finds suspicious</h2>\n"
        + suspicion(model, source)
        + CurvePage.drawn(charts)
        + "<h2>From the text of the world</h2>\n<pre>"
        + HtmlText.escape(
            String.join("\n", passages.subList(0, Math.min(LINES_SHOWN, passages.size()))))
        + "</pre>\n</body></html>\n";
  }

  private String story() {
    return """
        <p>World %d: %,d passages about its people, towns and trades. A model was pre-trained on
        them for %,d steps, written as a TensorFlow checkpoint and read again, equal to the bit.</p>
        """
        .formatted(plan.seed(), plan.passages(), plan.pretrainSteps());
  }

  private String results() {
    StringBuilder out =
        new StringBuilder(
            """
            <p>Fine-tuned with %d examples for %d steps, with the same settings from random weights
            and from the pre-trained ones. Half of the goods, tools, people and towns stand in these
            examples; the tests, of %d examples each, ask for the other half, of which only the
            texts of the world tell, in sentences that are not among them. Mean and standard
            deviation over %d seeds.</p>
            <table>
            """
                .formatted(
                    plan.taughtExamples(),
                    plan.fineTuneSteps(),
                    plan.testExamples(),
                    plan.repetitions()));
    out.append("<tr>");
    Contest.titles().forEach(title -> out.append("<th>" + HtmlText.escape(title) + "</th>"));
    out.append("</tr>\n");
    for (Contest contest : contests) {
      out.append(contest.gain() > 0 ? "<tr class=\"better\">" : "<tr>");
      contest.row().forEach(cell -> out.append("<td>" + HtmlText.escape(cell) + "</td>"));
      out.append("</tr>\n");
    }
    return out.append("</table>\n").toString();
  }

  private String suspicion(Checkpoint model, Path source) throws IOException {
    List<TextExample> examples = Plausibility.examples(world.unseen(), SENTENCES, plan.seed() + 2);
    List<String> texts = examples.stream().map(TextExample::textA).toList();
    StringBuilder out =
        new StringBuilder(
            "<p>Sentences that the model has not read. In the odd ones, something else stands in the place of a good or a tool.</p>\n");
    out.append(SuspicionHtml.legend(THRESHOLD));
    try (ReplacementDetector detector = Electra.discriminator(LoadedModel.of(source, model))) {
      List<List<ReplacementDetector.Token>> tokens = detector.detect(texts);
      for (int i = 0; i < texts.size(); i++) {
        out.append("<div class=\"pair\"><span class=\"kind\">")
            .append(examples.get(i).label())
            .append("</span>")
            .append(
                SuspicionHtml.paragraph(
                    texts.get(i),
                    ReplacementDetector.words(texts.get(i), tokens.get(i)),
                    THRESHOLD))
            .append("</div>\n");
      }
    }
    return out.toString();
  }
}
