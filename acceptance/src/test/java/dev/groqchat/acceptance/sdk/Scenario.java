package dev.groqchat.acceptance.sdk;

import dev.groqchat.acceptance.sdk.Question.Kind;
import dev.groqchat.acceptance.sdk.Question.Schema;
import dev.groqchat.acceptance.sdk.Question.Tool;
import dev.groqchat.simulator.Script;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One thing that every SDK is asked to do.
 *
 * @param name stands in ids, prompts and names of models
 * @param title stands in the README
 * @param model asked for; null is one of this scenario and SDK alone, so that no breaker and no
 *     budget knows of the others' failures
 * @param script how the provider answers the first, second, ... attempt
 * @param facts what must hold afterwards
 */
record Scenario(
    String name,
    String title,
    Kind kind,
    @Nullable String model,
    String key,
    @Nullable Tool tool,
    @Nullable Schema schema,
    int stopAfter,
    IntFunction<Script> script,
    List<Fact> facts) {
  static final String KEY = "matrix-key";
  static final String MODEL = "openai/gpt-oss-20b";

  static Scenario ask(String name, String title) {
    return of(name, title, Kind.ASK);
  }

  static Scenario stream(String name, String title) {
    return of(name, title, Kind.STREAM);
  }

  static Scenario of(String name, String title, Kind kind) {
    return new Scenario(
        name, title, kind, MODEL, KEY, null, null, 0, _ -> Script.demo(), List.of());
  }

  /** The provider's answer, which is the same at every attempt. */
  Scenario answered(Script answer) {
    return answered((int _) -> answer);
  }

  Scenario answered(IntFunction<Script> answers) {
    return new Scenario(name, title, kind, model, key, tool, schema, stopAfter, answers, facts);
  }

  /** A failure of the provider, of which others must not hear. */
  Scenario failing(Script answer) {
    return failing((int _) -> answer);
  }

  Scenario failing(IntFunction<Script> answers) {
    return new Scenario(name, title, kind, null, key, tool, schema, stopAfter, answers, facts);
  }

  Scenario to(String otherModel) {
    return new Scenario(name, title, kind, otherModel, key, tool, schema, stopAfter, script, facts);
  }

  Scenario with(String otherKey) {
    return new Scenario(name, title, kind, model, otherKey, tool, schema, stopAfter, script, facts);
  }

  Scenario offering(Tool function) {
    return new Scenario(name, title, kind, model, key, function, schema, stopAfter, script, facts);
  }

  Scenario wanting(Schema form) {
    return new Scenario(name, title, kind, model, key, tool, form, stopAfter, script, facts);
  }

  Scenario leavingAfter(int pieces) {
    return new Scenario(name, title, kind, model, key, tool, schema, pieces, script, facts);
  }

  Scenario then(Fact... all) {
    return new Scenario(
        name, title, kind, model, key, tool, schema, stopAfter, script, List.of(all));
  }

  /** What one SDK is asked. */
  Question question(Client client, String address) {
    String id = client.name() + ":" + name;
    return new Question(
        id,
        client.name(),
        kind,
        "http://" + address + client.path(),
        key,
        modelFor(client),
        "Matrix " + id + ";",
        tool,
        schema,
        stopAfter);
  }

  String modelFor(Client client) {
    return model == null ? "sdk/" + client.name() + "-" + name : model;
  }

  /** The first fact that does not hold, and how; an empty text if all do. */
  String deviation(Fact.Seen seen) {
    return facts.stream()
        .map(it -> it.deviation(seen))
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElse("");
  }
}
