package dev.groqchat.acceptance.sdk;

import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The model API behind the service: answers as the scenario has it that a prompt names. */
final class Provider {
  private static final Pattern PROMPT = Pattern.compile("Matrix ([^:;]+):([^:;]+);");

  private final Map<String, Scenario> scenarios;
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

  private Provider(List<Scenario> scenarios) {
    this.scenarios =
        scenarios.stream().collect(Collectors.toMap(Scenario::name, Function.identity()));
  }

  static Simulator start(List<Scenario> scenarios) {
    String[] models =
        Client.ALL.stream()
            .flatMap(client -> scenarios.stream().map(it -> it.modelFor(client)))
            .filter(it -> it.startsWith("sdk/"))
            .toArray(String[]::new);
    Simulator simulator =
        Simulator.start(SimulatorConfig.fast().withPlan(Plan.unlimited()).withModels(models));
    simulator.scriptEach(new Provider(scenarios)::script);
    return simulator;
  }

  private Optional<Script> script(SeenRequest request) {
    Matcher prompt = PROMPT.matcher(request.body());
    if (!prompt.find()) {
      return Optional.empty();
    }
    int attempt = attempts.merge(prompt.group(), 1, Integer::sum);
    return Optional.ofNullable(scenarios.get(prompt.group(2)))
        .map(it -> it.script().apply(attempt));
  }
}
