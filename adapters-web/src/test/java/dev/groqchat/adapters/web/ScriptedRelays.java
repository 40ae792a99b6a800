package dev.groqchat.adapters.web;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.turn.Reuse;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Passes no question on, but answers each as it is told; and remembers who asked what. */
public final class ScriptedRelays implements RelayQuestion {
  private static final ModelId MODEL = new ModelId("openai/gpt-oss-120b");

  private final Map<String, Scripted> scripts = new ConcurrentHashMap<>();
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  /** Who asked what. */
  public record Asked(Caller caller, Verbatim question, Answered relay) {}

  /** What becomes of a question. */
  public static final class Scripted {
    private final Queue<Step> steps = new ArrayDeque<>();
    private Allowance allowance = Allowance.UNLIMITED;
    private @Nullable Failure refusal;
    private @Nullable Reuse reuse;

    /** It is not even taken. */
    public Scripted isRefused(Failure failure) {
      refusal = failure;
      return this;
    }

    public Scripted leaves(Allowance left) {
      allowance = left;
      return this;
    }

    /** Nothing happens until the gate opens; at first, the reply does not begin. */
    public Scripted waits(Gate gate) {
      steps.add(new Step.Wait(gate));
      return this;
    }

    /** The reply begins; without this it does at the first piece. */
    public Scripted begins(@Nullable Reuse from) {
      reuse = from;
      steps.add(new Step.Begin());
      return this;
    }

    /** These come at once. */
    public Scripted says(String... pieces) {
      steps.add(new Step.Say(List.copyOf(Arrays.asList(pieces))));
      return this;
    }

    public Scripted fails(Failure failure) {
      steps.add(new Step.Fail(failure));
      return this;
    }
  }

  private sealed interface Step {
    record Wait(Gate gate) implements Step {}

    record Begin() implements Step {}

    record Say(List<String> pieces) implements Step {}

    record Fail(Failure failure) implements Step {}
  }

  /** What a question with this message is answered by, from now on. */
  public Scripted answers(String message) {
    Scripted script = new Scripted();
    scripts.put(message, script);
    return script;
  }

  /** Who has asked with this message last. */
  public Asked asked(String message) {
    return Objects.requireNonNull(asked.get(message), () -> "nobody has asked " + message);
  }

  public boolean wasAsked(String message) {
    return asked.containsKey(message);
  }

  /** How many are not closed. */
  public int open() {
    return open.get();
  }

  @Override
  public Relay relay(Caller caller, Verbatim question) {
    String message =
        scripts.keySet().stream()
            .filter(it -> question.words().contains("\"" + it + "\""))
            .findFirst()
            .orElse("");
    Scripted script = scripts.getOrDefault(message, new Scripted().says("{\"re\":\"hi\"}"));
    Answered relay = new Answered(script);
    asked.put(message, new Asked(caller, question, relay));
    if (script.refusal != null) {
      throw new ChatException(script.refusal);
    }
    open.incrementAndGet();
    return relay;
  }

  /** A question under way. */
  public final class Answered implements Relay {
    private final Scripted script;
    private final Queue<Step> steps;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private Answered(Scripted script) {
      this.script = script;
      this.steps = new ArrayDeque<>(script.steps);
    }

    public boolean closed() {
      return closed.isDone();
    }

    @Override
    public Allowance allowance() {
      return script.allowance;
    }

    @Override
    public Begun begin() throws InterruptedException {
      while (!(steps.peek() instanceof Step.Say || steps.isEmpty())) {
        if (steps.peek() instanceof Step.Begin) {
          steps.remove();
          break;
        }
        var _ = take();
      }
      return new Begun(MODEL, script.reuse);
    }

    @Override
    public List<String> next() throws InterruptedException {
      while (!steps.isEmpty()) {
        List<String> pieces = take();
        if (!pieces.isEmpty()) {
          return pieces;
        }
      }
      return List.of();
    }

    private List<String> take() throws InterruptedException {
      return switch (steps.remove()) {
        case Step.Say(var pieces) -> pieces;
        case Step.Fail(var failure) -> throw new ChatException(failure);
        case Step.Begin() -> List.of();
        case Step.Wait(var gate) -> {
          gate.pass(closed);
          if (closed.isDone()) {
            throw new InterruptedException("closed");
          }
          yield List.of();
        }
      };
    }

    @Override
    public void close() {
      if (closed.complete(null)) {
        open.decrementAndGet();
      }
    }
  }
}
