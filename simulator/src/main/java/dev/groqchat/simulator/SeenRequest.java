package dev.groqchat.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A request that was received, and how its answer ended. Thread-safe. */
public final class SeenRequest {
  /** Images come as one string of many megabytes: the body's bound is the only one. */
  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private final RawRequest raw;
  private final String id;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile @Nullable JsonNode json;

  SeenRequest(RawRequest raw, String id) {
    this.raw = raw;
    this.id = id;
  }

  /** The answer's {@code x-request-id}. */
  public String id() {
    return id;
  }

  public String method() {
    return raw.method();
  }

  /** As sent: not decoded, without the query. */
  public String path() {
    return raw.path();
  }

  /** Found by names in any case. */
  public Map<String, String> headers() {
    return raw.headers();
  }

  public Optional<String> header(String name) {
    return raw.header(name);
  }

  public String body() {
    return raw.body();
  }

  /** The body's JSON; a missing node if it is none. */
  public JsonNode json() {
    var known = json;
    if (known != null) return known;
    var read = read();
    if (outcome().isEmpty()) json = read;
    return read;
  }

  private JsonNode read() {
    try {
      return raw.body().isBlank() ? MissingNode.getInstance() : MAPPER.readTree(raw.body());
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** Empty while it is being answered. */
  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome.getNow(null));
  }

  /** Waits for the end of the answer. */
  public Outcome awaitOutcome(Duration atMost) throws InterruptedException {
    try {
      return outcome.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(id + " is still being answered after " + atMost, late);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  void end(Outcome how) {
    outcome.complete(how);
    json = null; // kept requests should not keep trees
  }

  int size() {
    return raw.body().length();
  }

  RawRequest raw() {
    return raw;
  }

  @Override
  public String toString() {
    return method()
        + " "
        + path()
        + " "
        + id
        + " "
        + outcome().map(Outcome::toString).orElse("being answered");
  }
}
