package io.github.electra4j.bench.serving;

import java.util.ArrayList;
import java.util.List;

/**
 * How much load.
 *
 * @param tiny whether the model is a tiny one in place of one of ELECTRA-Small's size
 * @param seconds of calls in all, warming up included
 * @param clients numbers of callers at a time, each of which is measured
 * @param texts how many different texts are asked about
 */
record LoadOptions(boolean tiny, double seconds, List<Integer> clients, int texts) {
  static final String HELP =
      """
      Usage: load [--tiny] [--seconds=S] [--clients=N,N,...] [--texts=N]
      Serves a model with random weights of ELECTRA-Small's size in a process of its own and
      prints how many texts a second it classifies and how long a call takes, for callers one
      after another and together; what it does when there is too much, and with wrong bodies;
      and its memory. Fails if an answer is lost, doubled or another than that of a single call.
        --tiny           a tiny model
        --seconds=S      length of the calls that are timed, in all (default 100)
        --clients=N,...  callers at a time (default 8,32)
        --texts=N        different texts (default 256)""";

  LoadOptions {
    if (!(seconds > 0) || texts < 1 || clients.isEmpty() || clients.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "%s s, %d texts, %s clients: give more than 0 of each"
              .formatted(seconds, texts, clients));
    }
    clients = List.copyOf(clients);
  }

  static LoadOptions parse(String[] args) {
    boolean tiny = false;
    double seconds = 100;
    List<Integer> clients = List.of(8, 32);
    int texts = 256;
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      switch (arg.replaceAll("=.*", "")) {
        case "--tiny" -> tiny = true;
        case "--seconds" -> seconds = Double.parseDouble(value);
        case "--texts" -> texts = Integer.parseInt(value);
        case "--clients" -> {
          clients = new ArrayList<>();
          for (String each : value.split(",", -1)) {
            clients.add(Integer.valueOf(each));
          }
        }
        default ->
            throw new IllegalArgumentException("Unknown argument %s%n%s".formatted(arg, HELP));
      }
    }
    return new LoadOptions(tiny, seconds, clients, texts);
  }
}
