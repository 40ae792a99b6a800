package dev.groqchat.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the simulator behaves when nothing is scripted.
 *
 * @param host the address to bind
 * @param port 0 for a free one
 * @param apiKey the only key accepted; without it any but {@code invalid}
 * @param plan the limits of each model
 * @param tokensPerSecond pace of each stream; 0 is as fast as the socket takes it
 * @param firstToken from the head to the first token
 * @param moreModels ids offered beside the provider's own, for clients of other providers
 * @param clock tells the time to limits and ids
 * @param maxConnections more are closed at once
 * @param maxBody bytes of a request's body; a larger one is refused with 413
 * @param keptRequests how many of the latest requests can be looked at
 * @param idle a connection on which nothing happens for so long is closed
 */
public record SimulatorConfig(
    String host,
    int port,
    Optional<String> apiKey,
    Plan plan,
    double tokensPerSecond,
    Duration firstToken,
    List<String> moreModels,
    InstantSource clock,
    int maxConnections,
    int maxBody,
    int keptRequests,
    Duration idle) {

  public SimulatorConfig {
    moreModels = List.copyOf(moreModels);
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("port is " + port);
    if (!(tokensPerSecond >= 0))
      throw new IllegalArgumentException("tokensPerSecond is " + tokensPerSecond);
    if (firstToken.isNegative()) throw new IllegalArgumentException("firstToken is negative");
    if (maxConnections < 1 || maxBody < 1 || maxBody == Integer.MAX_VALUE || keptRequests < 1)
      throw new IllegalArgumentException("a bound is not positive");
    if (!idle.isPositive()) throw new IllegalArgumentException("idle is not positive");
  }

  /** Pleasant to look at: for the demo. */
  public static SimulatorConfig defaults() {
    return new SimulatorConfig(
        "127.0.0.1",
        0,
        Optional.empty(),
        Plan.developer(),
        120,
        Duration.ofMillis(150),
        List.of(),
        InstantSource.system(),
        20_000,
        32 * 1024 * 1024,
        1_000,
        Duration.ofMinutes(5));
  }

  /** Without a pause or a limit anywhere: for tests and load runs. */
  public static SimulatorConfig fast() {
    return defaults().withPlan(Plan.unlimited()).withPace(0, Duration.ZERO);
  }

  public SimulatorConfig withAddress(String newHost, int newPort) {
    return new SimulatorConfig(
        newHost,
        newPort,
        apiKey,
        plan,
        tokensPerSecond,
        firstToken,
        moreModels,
        clock,
        maxConnections,
        maxBody,
        keptRequests,
        idle);
  }

  public SimulatorConfig withApiKey(String key) {
    return new SimulatorConfig(
        host,
        port,
        Optional.of(key),
        plan,
        tokensPerSecond,
        firstToken,
        moreModels,
        clock,
        maxConnections,
        maxBody,
        keptRequests,
        idle);
  }

  public SimulatorConfig withPlan(Plan newPlan) {
    return new SimulatorConfig(
        host,
        port,
        apiKey,
        newPlan,
        tokensPerSecond,
        firstToken,
        moreModels,
        clock,
        maxConnections,
        maxBody,
        keptRequests,
        idle);
  }

  public SimulatorConfig withPace(double rate, Duration first) {
    return new SimulatorConfig(
        host,
        port,
        apiKey,
        plan,
        rate,
        first,
        moreModels,
        clock,
        maxConnections,
        maxBody,
        keptRequests,
        idle);
  }

  public SimulatorConfig withModels(String... ids) {
    return new SimulatorConfig(
        host,
        port,
        apiKey,
        plan,
        tokensPerSecond,
        firstToken,
        List.of(ids),
        clock,
        maxConnections,
        maxBody,
        keptRequests,
        idle);
  }

  public SimulatorConfig withClock(InstantSource newClock) {
    return new SimulatorConfig(
        host,
        port,
        apiKey,
        plan,
        tokensPerSecond,
        firstToken,
        moreModels,
        newClock,
        maxConnections,
        maxBody,
        keptRequests,
        idle);
  }

  public SimulatorConfig withBounds(int connections, int body, int requests, Duration newIdle) {
    return new SimulatorConfig(
        host,
        port,
        apiKey,
        plan,
        tokensPerSecond,
        firstToken,
        moreModels,
        clock,
        connections,
        body,
        requests,
        newIdle);
  }

  List<Model> models() {
    var models = new ArrayList<>(Model.ALL);
    moreModels.forEach(id -> models.add(Model.unknown(id)));
    return models;
  }

  Optional<Model> model(String id) {
    return models().stream().filter(model -> model.id().equals(id)).findFirst();
  }
}
