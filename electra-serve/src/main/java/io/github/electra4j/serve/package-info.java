/**
 * A model as an HTTP service. {@link io.github.electra4j.serve.ElectraServer} is the way in.
 *
 * <pre>{@code
 * LoadedModel model = LoadedModel.read(folder); // e.g. runs/sst/model
 * try (ServedModel served = ServedModel.of("sst", model);
 *     ElectraServer server = ElectraServer.start(served, ServeConfig.defaults())) {
 *   System.out.println(server.uri()); // e.g. http://127.0.0.1:40123/, at a free port
 *   server.awaitStop();
 * }
 * }</pre>
 *
 * <p>Below it: {@code batch} (inputs of many callers computed together), {@code task} (what a model
 * can be asked), {@code metric} (numbers for Prometheus). The classes here speak HTTP, by Jetty.
 */
package io.github.electra4j.serve;
