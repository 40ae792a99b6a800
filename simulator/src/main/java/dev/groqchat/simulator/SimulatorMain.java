package dev.groqchat.simulator;

import java.util.HashMap;
import java.util.Map;

/**
 * The simulator on its own. Settings come from the environment or as arguments {@code NAME=value},
 * which win.
 */
public final class SimulatorMain {
  private SimulatorMain() {}

  /** Runs until the process is ended. */
  public static void main(String... arguments) throws InterruptedException {
    var settings = new HashMap<>(System.getenv());
    for (var argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) throw new IllegalArgumentException("'" + argument + "' is not NAME=value");
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    try (var simulator = Simulator.start(config(settings))) {
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
      System.out.println("Simulator: " + simulator.baseUrl() + "/openai/v1");
      Thread.currentThread().join();
    }
  }

  static SimulatorConfig config(Map<String, String> settings) {
    var config = SimulatorConfig.defaults();
    double rate =
        Double.parseDouble(
            settings.getOrDefault("SIM_RATE", Double.toString(config.tokensPerSecond())));
    var first =
        ScriptSyntax.duration(
            "SIM_FIRST", settings.getOrDefault("SIM_FIRST", config.firstToken().toMillis() + "ms"));
    config =
        config.withAddress(
            settings.getOrDefault("SIM_HOST", config.host()),
            Integer.parseInt(settings.getOrDefault("PORT", "8089").replaceFirst("^:", "")));
    config = config.withPace(rate, first).withPlan(plan(settings));
    String models = settings.getOrDefault("SIM_MODELS", "");
    if (!models.isBlank()) config = config.withModels(models.split(","));
    String key = settings.getOrDefault("SIM_API_KEY", "");
    return key.isEmpty() ? config : config.withApiKey(key);
  }

  private static Plan plan(Map<String, String> settings) {
    var plan = Plan.named(settings.getOrDefault("SIM_PLAN", "developer"));
    String minute = settings.getOrDefault("SIM_MINUTE", "");
    return minute.isEmpty() ? plan : plan.scaled(ScriptSyntax.duration("SIM_MINUTE", minute));
  }
}
