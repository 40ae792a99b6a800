package dev.groqchat.simulator;

import static java.util.Map.entry;

import dev.groqchat.simulator.Fault.AfterTokens;
import dev.groqchat.simulator.Fault.AtByte;
import dev.groqchat.simulator.Fault.BeforeHead;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Fault.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link Script} from a line of options, whose list is in that class. */
final class ScriptSyntax {
  /** Possessive, as each way back would take a frame of the stack: texts may be long. */
  private static final Pattern OPTION =
      Pattern.compile("\\s*([A-Za-z-]+)(?:=(\"(?:[^\"\\\\]++|\\\\.)*+\"|[^\\s\"]\\S*|))?(?=\\s|$)");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

  private ScriptSyntax() {}

  @FunctionalInterface
  private interface Option {
    Script apply(Script script, String name, String value);
  }

  private static final Map<String, Option> OPTIONS = options();

  private static Map<String, Option> options() {
    Map<String, Option> options =
        new HashMap<>(
            Map.ofEntries(
                entry("text", (s, name, value) -> s.with(s.reply().saying(given(name, value)))),
                entry("tokens", (s, name, value) -> s.with(s.reply().counting(count(name, value)))),
                entry(
                    "reasoning",
                    (s, name, value) -> s.with(s.reply().thinking(count(name, value)))),
                entry("thinking", (s, name, value) -> s.thinking(given(name, value))),
                entry(
                    "tool",
                    (s, name, value) -> s.with(s.reply().calling(value, s.reply().arguments()))),
                entry(
                    "arguments",
                    (s, name, value) ->
                        s.with(
                            s.reply()
                                .calling(
                                    s.reply().tool().orElse(""), Optional.of(given(name, value))))),
                entry(
                    "finish", (s, name, value) -> s.with(s.reply().finishing(given(name, value)))),
                entry("rate", (s, name, value) -> s.rate(number(name, value))),
                entry("first", (s, name, value) -> s.firstTokenAfter(duration(name, value))),
                entry("head", (s, name, value) -> s.headAfter(duration(name, value))),
                entry("stall-after", (s, name, value) -> s.stallAfter(count(name, value))),
                entry(
                    "stall-head", (s, name, value) -> onlySwitch(name, value, s.stallBeforeHead())),
                entry("stall-for", (s, name, value) -> s.stallFor(duration(name, value))),
                entry("garbage-after", (s, name, value) -> s.garbageAfter(count(name, value))),
                entry("long-line", (s, name, value) -> s.longLine(count(name, value))),
                entry(
                    "error",
                    (s, name, value) ->
                        fault(s, name, new Refusal(given(name, value), Optional.empty()))),
                entry("retry-after", ScriptSyntax::retryAfter),
                entry(
                    "end-after",
                    (s, name, value) ->
                        fault(s, name, new AfterTokens(count(name, value), Break.END))),
                entry(
                    "error-after",
                    (s, name, value) ->
                        fault(s, name, new AfterTokens(count(name, value), Break.ERROR_EVENT))),
                entry(
                    "openrouter-error-after",
                    (s, name, value) ->
                        fault(
                            s,
                            name,
                            new AfterTokens(count(name, value), Break.OPENROUTER_ERROR)))));
    for (var how : new Break[] {Break.CUT, Break.RESET}) {
      String prefix = how == Break.CUT ? "cut" : "reset";
      options.put(
          prefix + "-after",
          (s, name, value) -> fault(s, name, new AfterTokens(count(name, value), how)));
      options.put(
          prefix + "-at", (s, name, value) -> fault(s, name, new AtByte(count(name, value), how)));
      options.put(
          prefix + "-head",
          (s, name, value) -> onlySwitch(name, value, fault(s, name, new BeforeHead(how))));
    }
    for (var quirk : Quirk.values())
      options.put(quirk.directive(), (s, name, value) -> onlySwitch(name, value, s.with(quirk)));
    return Map.copyOf(options);
  }

  static Script read(String line) {
    var script = Script.demo();
    var options = OPTION.matcher(line);
    int at = 0;
    while (!line.substring(at).isBlank()) {
      if (!options.find(at) || options.start() != at)
        throw new BadScript(line.substring(at).strip(), "cannot be read");
      script = apply(script, options);
      at = options.end();
    }
    return script;
  }

  private static Script apply(Script script, Matcher option) {
    String name = option.group(1);
    var meaning = OPTIONS.get(name);
    if (meaning == null) throw new BadScript(name, "is unknown");
    String value = option.group(2) == null ? "" : option.group(2);
    if (value.startsWith("\"")) value = unquoted(name, value);
    return meaning.apply(script, name, value);
  }

  private static String unquoted(String name, String value) {
    try {
      return value.substring(1, value.length() - 1).translateEscapes();
    } catch (IllegalArgumentException bad) {
      throw new BadScript(name, "has an escape that is none");
    }
  }

  private static Script fault(Script script, String name, Fault fault) {
    if (script.fault().isPresent())
      throw new BadScript(name, "an answer has one fault, and there is another");
    return script.with(fault);
  }

  private static Script retryAfter(Script script, String name, String value) {
    if (!(script.fault().orElse(null) instanceof Refusal refusal))
      throw new BadScript(name, "stands behind error=...");
    return script.with(new Refusal(refusal.kind(), Optional.of(duration(name, value))));
  }

  private static Script onlySwitch(String name, String value, Script script) {
    if (!value.isEmpty()) throw new BadScript(name, "takes no value");
    return script;
  }

  private static String given(String name, String value) {
    if (value.isEmpty()) throw new BadScript(name, "needs a value");
    return value;
  }

  private static int count(String name, String value) {
    if (!value.matches("\\d{1,9}"))
      throw new BadScript(name, "needs a whole number, not '" + value + "'");
    return Integer.parseInt(value);
  }

  private static double number(String name, String value) {
    if (!value.matches("\\d{1,9}(\\.\\d{1,9})?"))
      throw new BadScript(name, "needs a number, not '" + value + "'");
    return Double.parseDouble(value);
  }

  static Duration duration(String name, String value) {
    var parts = DURATION.matcher(value);
    if (!parts.matches())
      throw new BadScript(name, "needs a duration as in 250ms, 2s or 1m, not '" + value + "'");
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
