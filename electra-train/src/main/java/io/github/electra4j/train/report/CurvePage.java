package io.github.electra4j.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One HTML page with curves over the steps, drawn as SVG; it needs nothing but itself.
 *
 * @param title of the page
 * @param facts shown as a table above the curves
 * @param charts drawn below one another
 */
public record CurvePage(String title, Map<String, String> facts, List<Chart> charts) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 260;
  private static final int LEFT = 70;
  private static final int BOTTOM = 30;
  private static final int MOST_POINTS = 450;
  private static final String[] COLOURS = {"#1f5fa8", "#c0392b", "#2e8b57", "#8e5ea2"};

  /**
   * Curves that share both axes.
   *
   * @param title what is shown
   * @param curves by their names
   */
  public record Chart(String title, Map<String, List<Point>> curves) {}

  /** A value after so many updates. */
  public record Point(double step, double value) {}

  /** The page. */
  public String html() {
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(HtmlText.escape(title))
        .append("</title><style>body{font-family:sans-serif;margin:2em auto;max-width:60em}")
        .append("td{padding:0 1em 0 0}svg{display:block}</style></head><body>\n<h1>")
        .append(HtmlText.escape(title))
        .append("</h1>\n<table>\n");
    facts.forEach(
        (name, value) ->
            out.append(
                "<tr><td>%s</td><td>%s</td></tr>%n"
                    .formatted(HtmlText.escape(name), HtmlText.escape(value))));
    out.append("</table>\n");
    return out.append(drawn(charts)).append("</body></html>\n").toString();
  }

  /**
   * Charts as HTML for other pages, a heading and a drawing each; those without points are left
   * out.
   */
  public static String drawn(List<Chart> charts) {
    StringBuilder out = new StringBuilder();
    charts.stream().filter(CurvePage::hasPoints).forEach(chart -> out.append(svg(chart)));
    return out.toString();
  }

  private static boolean hasPoints(Chart chart) {
    return chart.curves().values().stream().anyMatch(points -> !points.isEmpty());
  }

  /** The ends of both axes. */
  private record Frame(double left, double right, double low, double high) {
    double x(double step) {
      return LEFT + (step - left) / (right - left) * (WIDTH - LEFT - 10);
    }

    double y(double value) {
      return 10 + (high - value) / (high - low) * (HEIGHT - BOTTOM - 10);
    }
  }

  private static Frame frame(Chart chart) {
    double[] x = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double[] y = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (List<Point> points : chart.curves().values()) {
      for (Point point : thinned(points)) {
        x[0] = Math.min(x[0], point.step());
        x[1] = Math.max(x[1], point.step());
        y[0] = Math.min(y[0], point.value());
        y[1] = Math.max(y[1], point.value());
      }
    }
    double space = y[1] > y[0] ? (y[1] - y[0]) / 20 : 0.5;
    return new Frame(x[0], x[1] > x[0] ? x[1] : x[0] + 1, y[0] - space, y[1] + space);
  }

  private static String svg(Chart chart) {
    Frame frame = frame(chart);
    StringBuilder out =
        new StringBuilder("<h2>%s</h2>%n".formatted(HtmlText.escape(chart.title())));
    out.append("<svg width=\"%d\" height=\"%d\" role=\"img\">%n".formatted(WIDTH, HEIGHT));
    for (int i = 0; i <= 4; i++) {
      double value = frame.low() + i * (frame.high() - frame.low()) / 4;
      double step = frame.left() + i * (frame.right() - frame.left()) / 4;
      out.append(
          format(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" font-size=\"11\" text-anchor=\"end\">%.4g</text>"
                  + "<text x=\"%.1f\" y=\"%d\" font-size=\"11\" text-anchor=\"%s\">%.0f</text>\n",
              LEFT,
              WIDTH - 10,
              frame.y(value),
              frame.y(value),
              LEFT - 6,
              frame.y(value) + 4,
              value,
              frame.x(step),
              HEIGHT - 8,
              i < 4 ? "middle" : "end", // the last one would be cut off
              step));
    }
    int colour = 0;
    for (Map.Entry<String, List<Point>> curve : chart.curves().entrySet()) {
      out.append(curve(frame, curve.getValue(), COLOURS[colour % COLOURS.length]));
      out.append(
          format(
              "<text x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"%s\">%s</text>\n",
              LEFT + 10 + 170 * colour,
              20,
              COLOURS[colour % COLOURS.length],
              HtmlText.escape(curve.getKey())));
      colour++;
    }
    return out.append("</svg>\n").toString();
  }

  private static String curve(Frame frame, List<Point> points, String colour) {
    StringBuilder path = new StringBuilder();
    for (Point point : thinned(points)) {
      path.append(format("%.1f,%.1f ", frame.x(point.step()), frame.y(point.value())));
    }
    return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>%n"
        .formatted(colour, path.toString().trim());
  }

  /** Means over neighbours, so that no curve has more points than can be seen. */
  static List<Point> thinned(List<Point> points) {
    List<Point> finite = points.stream().filter(p -> Double.isFinite(p.value())).toList();
    int bucket = (finite.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<Point> means = new ArrayList<>();
    for (int from = 0; from < finite.size(); from += bucket) {
      List<Point> part = finite.subList(from, Math.min(from + bucket, finite.size()));
      double step = part.stream().mapToDouble(Point::step).average().orElseThrow();
      double value = part.stream().mapToDouble(Point::value).average().orElseThrow();
      means.add(new Point(step, value));
    }
    return means;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
