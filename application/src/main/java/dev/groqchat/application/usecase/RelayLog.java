package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.port.out.Telemetry.RelayEnd;
import dev.groqchat.application.usecase.admission.Pace;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an account of one relay: what came of its reply, when, and what that was worth. For one
 * thread at a time.
 */
final class RelayLog {
  private final RelayInquiry inquiry;
  private final Telemetry telemetry;
  private final Pace pace;
  private final Stopwatch stopwatch;
  private ModelId model;
  private boolean begun;
  private boolean reused;
  private long pieces;
  private @Nullable RelayEnd end;
  private @Nullable Timings timings;

  RelayLog(RelayInquiry inquiry, Telemetry telemetry, Pace pace, LongSupplier nanos) {
    this.inquiry = inquiry;
    this.telemetry = telemetry;
    this.pace = pace;
    this.stopwatch = new Stopwatch(nanos);
    this.model = inquiry.model();
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  /** A model has begun to answer. */
  void begun(ReplyStream reply, @Nullable Reuse reuse) {
    model = reply.model();
    reused = reuse == Reuse.HIT || reuse == Reuse.JOINED;
    begun = true;
    inquiry.begun(); // Nobody else is asked.
  }

  /** Some of the reply has come; what is to be passed on of it. */
  List<String> took(List<Part> parts) {
    List<String> words = new ArrayList<>(parts.size());
    for (Part part : parts) {
      switch (part) {
        case Part.Verbatim(String piece) -> words.add(piece);
        case Part.End(_, Usage usage) -> ended(new RelayEnd.Whole(usage == null ? used() : usage));
        case Part.Text _, Part.Reasoning _ ->
            throw new IllegalStateException("what is asked verbatim is answered verbatim");
      }
    }
    pieces += words.size();
    if (!words.isEmpty()) {
      stopwatch.token();
    }
    return words;
  }

  /** Whether the reply is whole. */
  boolean whole() {
    return end instanceof RelayEnd.Whole;
  }

  void failed(Failure failure) {
    ended(new RelayEnd.Failed(failure));
  }

  private void ended(RelayEnd how) {
    if (end == null) {
      end = how;
      timings = stopwatch.stop();
      if (whole() && !reused) {
        pace.turnTook(stopwatch.sinceQueue());
      }
    }
  }

  /** Nothing comes any more; tokens that were used. To be called once. */
  long close() {
    ended(new RelayEnd.Left());
    if (end != null && timings != null) {
      telemetry.note(new Telemetry.Fact.Relayed(model, end, timings, reused));
    }
    if (reused) {
      return 0; // Whoever asked the model pays.
    }
    if (!begun) {
      // The model reads on, whoever has left; one that has failed has used nothing.
      return end instanceof RelayEnd.Left ? inquiry.asked() : 0;
    }
    return end instanceof RelayEnd.Whole(Usage usage) ? usage.totalTokens() : used().totalTokens();
  }

  /** Where nobody says: there is about one token in each piece. */
  private Usage used() {
    return new Usage(inquiry.prompt(model), pieces, false);
  }
}
