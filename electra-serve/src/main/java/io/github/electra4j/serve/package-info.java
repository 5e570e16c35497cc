/**
 * A model as an HTTP service. {@link io.github.electra4j.serve.ElectraServer} is the way in.
 *
 * <pre>{@code
 * LoadedModel model = LoadedModel.read(Path.of("runs/sst/model"));
 * try (ElectraServer server =
 *     ElectraServer.start(ServedModel.of("sst", model), ServeConfig.defaults().withPort(8080))) {
 *   System.out.println(server.uri()); // http://127.0.0.1:8080/
 *   server.awaitStop();
 * }
 * }</pre>
 *
 * <p>Below it: {@code batch} (inputs of many callers computed together), {@code task} (what a model
 * can be asked), {@code metric} (numbers for Prometheus). The classes here speak HTTP, by Jetty.
 */
package io.github.electra4j.serve;
