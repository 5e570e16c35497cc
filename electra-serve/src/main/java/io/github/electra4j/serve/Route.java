package io.github.electra4j.serve;

import io.github.electra4j.serve.task.Ability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address of the service.
 *
 * @param method GET or POST; where GET is taken, HEAD is, too
 * @param path its path
 * @param open whether it needs no token, because it shows nothing of the model and costs nothing
 */
record Route(String method, String path, boolean open) {
  static final String PAGE = "/";
  static final String DESCRIPTION = "/openapi.json";
  static final String LIVE = "/health/live";
  static final String READY = "/health/ready";
  static final String METRICS = "/metrics";
  static final String MODEL = "/v1/model";

  private static final List<Route> ALL = all();

  private static List<Route> all() {
    List<Route> routes = new ArrayList<>();
    routes.add(new Route("GET", PAGE, true));
    routes.add(new Route("GET", DESCRIPTION, true));
    routes.add(new Route("GET", LIVE, true));
    routes.add(new Route("GET", READY, true));
    routes.add(new Route("GET", METRICS, false));
    routes.add(new Route("GET", MODEL, false));
    for (Ability ability : Ability.values()) {
      routes.add(new Route("POST", ability.path(), false));
    }
    return List.copyOf(routes);
  }

  /** Every address. */
  static List<Route> known() {
    return ALL;
  }

  /** The address with a path. */
  static Optional<Route> at(String path) {
    return ALL.stream().filter(route -> route.path().equals(path)).findFirst();
  }

  /** Whether it takes a method. */
  boolean takes(String other) {
    return method.equals(other) || (method.equals("GET") && other.equals("HEAD"));
  }

  /** The methods that it takes, as the header Allow has them. */
  String allowed() {
    return method.equals("GET") ? "GET, HEAD" : method;
  }
}
