package dev.groqchat.acceptance.sdk;

import static dev.groqchat.acceptance.sdk.Fact.asksForSchema;
import static dev.groqchat.acceptance.sdk.Fact.breaksAfter;
import static dev.groqchat.acceptance.sdk.Fact.calls;
import static dev.groqchat.acceptance.sdk.Fact.counts;
import static dev.groqchat.acceptance.sdk.Fact.freesUpstream;
import static dev.groqchat.acceptance.sdk.Fact.inPieces;
import static dev.groqchat.acceptance.sdk.Fact.raises;
import static dev.groqchat.acceptance.sdk.Fact.says;
import static dev.groqchat.acceptance.sdk.Fact.thinks;
import static dev.groqchat.acceptance.sdk.Fact.tries;
import static dev.groqchat.acceptance.sdk.Fact.waits;

import dev.groqchat.acceptance.sdk.Question.Kind;
import dev.groqchat.acceptance.sdk.Question.Schema;
import dev.groqchat.acceptance.sdk.Question.Tool;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Quirk;
import dev.groqchat.simulator.Script;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What every SDK is asked to do, and what must come of it. */
final class Scenarios {
  private static final String TEXT =
      "A stream is a promise, kept in small pieces.\n\n- each worth having";
  private static final String THOUGHT = "What would Ada say to this?";
  private static final String CITY = "{\"city\":\"Z\u00fcrich <&>\"}";

  /** All that clients are known to trip over, in one text. */
  private static final String UNICODE =
      "emoji \uD83D\uDE42 \uD83D\uDC4D\uD83C\uDFFD, family \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66, flag \uD83C\uDDE9\uD83C\uDDEA, "
          + "nel a\u0085b, ls a\u2028b, ps a\u2029b, nul a\u0000b, esc a\u001bb, del a\u007fb, bom a\uFEFFb, "
          + "rtl \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u202Eabc\u202C, combining e\u0301 Z\u0351\u036B\u0343, "
          + "cjk \u65E5\u672C \uD840\uDC0B, math \uD835\uDD18, quotes \" \\ ' \\u0041, tags <b>&amp;</b> </think>, "
          + "data: [DONE]\n\ndata: {}\r\n\tend";

  private static final Duration TOLD = Duration.ofSeconds(4);
  private static final int A_SECOND = 20;

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.ask("plain", "Answer").answered(Script.saying(TEXT)).then(says(TEXT), tries(1)),
        Scenario.stream("stream", "Answer, streamed")
            .answered(Script.saying(TEXT))
            .then(says(TEXT), inPieces(3), tries(1)),
        Scenario.ask("unicode", "Any text, to the code point")
            .answered(Script.saying(UNICODE))
            .then(says(UNICODE)),
        Scenario.stream("unicode-stream", "The same streamed, pairs and bytes split")
            .answered(Script.saying(UNICODE).with(Quirk.SPLIT_PAIRS, Quirk.SPLIT_CHARACTERS))
            .then(says(UNICODE)),
        Scenario.ask("usage", "Usage").answered(Script.counting(20)).then(counts(20)),
        Scenario.stream("usage-stream", "Usage, streamed")
            .answered(Script.counting(20))
            .then(counts(20)),
        Scenario.ask("reasoning", "Reasoning")
            .answered(Script.saying(TEXT).thinking(THOUGHT))
            .then(says(TEXT), thinks(THOUGHT)),
        Scenario.stream("reasoning-stream", "Reasoning, streamed")
            .answered(Script.saying(TEXT).thinking(THOUGHT))
            .then(says(TEXT), thinks(THOUGHT)),
        Scenario.ask("tool", "Tool call")
            .offering(Tool.WEATHER)
            .answered(Script.calling("get_weather", CITY))
            .then(calls("get_weather", CITY)),
        Scenario.stream("tool-stream", "Tool call, streamed")
            .offering(Tool.WEATHER)
            .answered(Script.calling("get_weather", CITY))
            .then(calls("get_weather", CITY)),
        Scenario.ask("schema", "Answer by a JSON schema")
            .wanting(Schema.NUMBER)
            .answered(Script.saying("{\"number\":42}"))
            .then(says("{\"number\":42}"), asksForSchema("number")),
        Scenario.of("models", "List of models", Kind.LIST_MODELS).then(lists()),
        Scenario.of("model", "One model, by its id", Kind.FIND_MODEL).then(says(Scenario.MODEL)),
        Scenario.ask("400", "400: what the provider refuses, once")
            .failing(Script.refusing(400))
            .then(raises(400, "property 'store' is unsupported"), tries(1)),
        Scenario.stream("400-stream", "400 instead of a stream, once")
            .failing(Script.refusing(400))
            .then(raises(400, "property 'store' is unsupported"), tries(1)),
        Scenario.ask("401", "401: a wrong key, once")
            .with("invalid")
            .then(raises(401, "key"), tries(1)),
        Scenario.ask("404", "404: an unknown model, once")
            .to("no/such-model")
            .then(raises(404, "no/such-model"), tries(1)),
        Scenario.ask("413", "413: too large for the model, once")
            .failing(Script.refusing(413))
            .then(raises(413, "tokens"), tries(1)),
        Scenario.ask("429", "429: raised after waiting as told")
            .failing(Script.of("error=429 retry-after=4s"))
            .then(raises(429, "limit"), waits(TOLD)),
        Scenario.ask("429-once", "429, then an answer")
            .failing(n -> n == 1 ? Script.of("error=429 retry-after=4s") : Script.saying(TEXT))
            .then(says(TEXT), tries(2), waits(TOLD)),
        Scenario.ask("503", "503: our retries are not multiplied")
            .failing(Script.refusing(503))
            .then(raises(503, "capacity"), tries(1)),
        Scenario.stream("503-stream", "503 instead of a stream, the same")
            .failing(Script.refusing(503))
            .then(raises(503, "capacity"), tries(1)),
        Scenario.stream("error-event", "Failure in mid-stream raises")
            .failing(Script.counting(20).breakAfter(5, Break.ERROR_EVENT))
            .then(breaksAfter(counted(5)), tries(1)),
        Scenario.stream("cut", "Upstream cut raises")
            .failing(Script.counting(20).breakAfter(5, Break.CUT))
            .then(breaksAfter(counted(5)), tries(1)),
        Scenario.stream("no-finish", "Upstream's end without finish_reason raises")
            .failing(Script.counting(20).breakAfter(5, Break.END))
            .then(breaksAfter(counted(5)), tries(1)),
        Scenario.stream("abort", "Leaving frees the provider's connection")
            .leavingAfter(3)
            .answered(Script.counting(60 * A_SECOND).rate(A_SECOND))
            .then(freesUpstream(3 + 5 * A_SECOND), tries(1)));
  }

  private static Fact lists() {
    return seen ->
        seen.answer().text().contains(Scenario.MODEL + "\n")
            ? ""
            : says(Scenario.MODEL).deviation(seen);
  }

  private static String counted(int tokens) {
    return IntStream.rangeClosed(1, tokens)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" "));
  }
}
