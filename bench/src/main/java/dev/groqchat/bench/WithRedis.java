package dev.groqchat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the store in Redis costs beside the one in memory, and what Redis itself has to do. */
record WithRedis() implements Experiment {
  private static final Plan PLAN = Plan.streams(Surface.CHAT, 40, 500, 500);

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Outcome run(Setting setting) throws IOException, InterruptedException {
    try (Child redis = Servers.redis(setting.folder());
        Child memory = setting.service(Map.of());
        Child shared =
            setting.service(
                Map.of("CHAT_STORE", "redis", "REDIS_ADDR", "127.0.0.1:" + redis.port()))) {
      for (Child service : List.of(memory, shared)) {
        setting.warmUp(service, PLAN.brief());
        setting.warmUp(service, PLAN);
      }
      return rounds(setting, redis, memory, shared);
    }
  }

  private static Outcome rounds(Setting setting, Child redis, Child memory, Child shared)
      throws IOException, InterruptedException {
    List<Double> costs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> cores = new ArrayList<>();
    Outcome faults = Outcome.of();
    for (int i = 0; i < setting.options().rounds(); i++) {
      Leg without = leg(setting, memory);
      double before = Usage.cpuSeconds(redis.handle());
      Leg with = leg(setting, shared);
      // With what the settling and the last answers took: rather too much than too little.
      double used = Usage.cpuSeconds(redis.handle()) - before;
      cores.add(100 * used / with.seconds());
      costs.add(with.cpuMicrosPerToken());
      ratios.add(with.cpuMicrosPerToken() / without.cpuMicrosPerToken());
      faults = faults.and(of(without)).and(of(with));
    }
    return Outcome.of(
            new Row(
                "CPU per token, µs",
                Spread.of(costs).toString(),
                Spread.of(ratios) + " x memory's",
                "<= 1.5"),
            new Row("Redis itself, % of a core", Spread.of(cores).toString(), "", "< 20"))
        .and(faults);
  }

  private static Leg leg(Setting setting, Child service) throws IOException, InterruptedException {
    Leg leg = setting.stage().measure(Target.SERVICE, service, PLAN, setting.options().time());
    System.err.println(leg);
    return leg;
  }

  private static Outcome of(Leg leg) {
    return new Outcome(List.of(), leg.faults(), leg.told());
  }
}
