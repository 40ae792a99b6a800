package dev.groqchat.simulator;

import dev.groqchat.simulator.Fault.AfterTokens;
import dev.groqchat.simulator.Fault.Break;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends an answer in one piece, when the last token would have been said. */
final class PlainAnswer {
  private final Answer answer;
  private final Frames.Identity identity;
  private final Script script;
  private final Exchange exchange;

  PlainAnswer(Answer answer, Frames.Identity identity, Script script, Exchange exchange) {
    this.answer = answer;
    this.identity = identity;
    this.script = script;
    this.exchange = exchange;
  }

  void send(int promptTokens) throws IOException, InterruptedException {
    long queued = exchange.elapsedNanos();
    new Pace(0).pause(script.pacing().first().orElse(Duration.ZERO));
    var pace = new Pace(script.pacing().rate().orElse(0));
    if (script.pacing().stallAfter().orElse(Pacing.BEFORE_HEAD) >= 0)
      pace.pause(script.pacing().stallFor());
    pace.await(answer.size());
    boolean unfinished = false;
    if (script.fault().orElse(null) instanceof AfterTokens fault) {
      unfinished = fault.how() == Break.END;
      if (!unfinished) breakOff(fault.how());
    }
    var usage =
        new Usage(
            promptTokens, answer.tokens(), answer.reasoning().size(), queued, pace.elapsedNanos());
    exchange.json(script, json(unfinished ? "null" : GoJson.quote(answer.finish()), usage));
    exchange.sentTokens(answer.size());
    if (unfinished) throw new Wire.Broken(Break.END);
  }

  private void breakOff(Break how) throws IOException {
    switch (how) {
      case CUT, RESET -> exchange.headOnly(script);
      case ERROR_EVENT -> refuse("400-tool");
      case OPENROUTER_ERROR, END -> refuse("429-openrouter");
    }
    throw new Wire.Broken(how);
  }

  private void refuse(String kind) throws IOException {
    var refusal = new Fault.Refusal(kind, Optional.empty());
    exchange.send(script, ErrorKinds.answer(refusal, identity.model().id()));
  }

  /** Recorded: key order as here, no content beside a tool call, a line end at the end. */
  private String json(String finish, Usage usage) {
    var message = new StringBuilder("{\"role\":\"assistant\"");
    if (answer.tool().isEmpty())
      message.append(",\"content\":").append(GoJson.quote(String.join("", answer.content())));
    if (!answer.reasoning().isEmpty())
      message.append(",\"reasoning\":").append(GoJson.quote(String.join("", answer.reasoning())));
    answer
        .tool()
        .ifPresent(call -> message.append(",\"tool_calls\":[").append(call.json()).append("}]"));
    return identity.top("chat.completion")
        + "\"choices\":[{\"index\":0,\"message\":"
        + message
        + "},\"logprobs\":null,\"finish_reason\":"
        + finish
        + "}]"
        + ",\"usage\":"
        + usage.json()
        + ",\"usage_breakdown\":null,\"system_fingerprint\":\""
        + identity.model().fingerprint()
        + "\",\"x_groq\":{\"id\":\""
        + identity.request()
        + "\",\"seed\":"
        + identity.seed()
        + "},\"service_tier\":\""
        + identity.tier()
        + "\"}\n";
  }
}
