package dev.groqchat.adapters.groq;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;

/**
 * Asks the provider, and hands out its stream. A question is asked on a thread of its own, so that
 * whoever waits for it can leave at any moment, whatever the opening hangs in. Thread-safe.
 *
 * <p>Its failures carry no cause: the messages of HTTP and JSON libraries quote what they read.
 */
final class GroqChatModel implements ChatModel {
  private static final Logger log = LoggerFactory.getLogger(GroqChatModel.class);

  /** Errors may quote what the model has made of the question. */
  private static final int MAX_ERROR_BYTES = 256 * 1024;

  private final GroqHttp http;
  private final GroqProperties properties;
  private final Refusals refusals;

  GroqChatModel(GroqHttp http, GroqProperties properties, Refusals refusals) {
    this.http = http;
    this.properties = properties;
    this.refusals = refusals;
  }

  @Override
  public ReplyStream answer(Question question) throws InterruptedException {
    long start = Asked.since();
    Failure.ModelTimeout limit = properties.beginning(GroqReplyStream.comesInPieces(question));
    var opening = new Opening();
    Future<?> opener =
        submit(() ->
            ScopedValue.where(Opening.CURRENT, opening)
                .run(() -> open(question, start, opening.reply())));
    try {
      long left = limit.limit().toNanos() - (System.nanoTime() - start);
      return opening.reply().get(left, NANOSECONDS);
    } catch (TimeoutException _) {
      abandon(opening, opener);
      throw new ChatException(limit);
    } catch (InterruptedException e) {
      abandon(opening, opener);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ChatException known ? known : new IllegalStateException(e);
    }
  }

  private Future<?> submit(Runnable task) {
    try {
      return http.threads().submit(task);
    } catch (RejectedExecutionException _) {
      throw new ChatException(new Failure.ModelUnavailable());
    }
  }

  private void open(Question question, long start, CompletableFuture<ReplyStream> reply) {
    try {
      ReplyStream stream = ask(question, start);
      if (!reply.complete(stream)) {
        stream.close();
      }
    } catch (ResourceAccessException e) {
      // Who has left has broken it off: that is no trouble, and nothing to log.
      if (!reply.isDone()) {
        reply.completeExceptionally(new ChatException(unreachable(e, question)));
      }
    } catch (RuntimeException | Error e) {
      reply.completeExceptionally(e);
    }
  }

  private ReplyStream ask(Question question, long start) {
    Exchange exchange = Exchange.of(question, properties.isStrict());
    return http.streaming()
        .post()
        .uri(properties.endpoint("chat/completions"))
        .contentType(MediaType.APPLICATION_JSON)
        .contentLength(exchange.body().length)
        .header(HttpHeaders.ACCEPT, "text/event-stream, application/json")
        .header("X-Request-ID", headerSafe(question.requestId()))
        .body(exchange.body())
        // Closing the response would first read the rest of it: whoever gets the body closes that.
        .exchangeForRequiredValue(
            (_, response) -> accept(question, exchange, start, response), false);
  }

  private ReplyStream accept(
      Question question, Exchange exchange, long start, ClientHttpResponse response)
      throws IOException {
    InputStream body = response.getBody();
    if (response.getStatusCode().is2xxSuccessful()) {
      ProviderLimits said = LimitHeaders.read(response.getHeaders()::getFirst);
      return new GroqReplyStream(question, exchange, start, said, body, http, properties);
    }
    try (body) {
      throw new ChatException(
          refusals.of(
              response.getStatusCode().value(),
              response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER),
              body.readNBytes(MAX_ERROR_BYTES),
              question));
    }
  }

  private Failure unreachable(ResourceAccessException e, Question question) {
    Throwable cause = e.getMostSpecificCause();
    log.warn(
        "the model provider cannot be reached: {} request={}",
        cause.getClass().getSimpleName(),
        question.requestId());
    return e.getCause() instanceof HttpConnectTimeoutException
        ? new Failure.ModelTimeout(Waiting.CONNECTION, properties.connectTimeout())
        : new Failure.ModelUnavailable();
  }

  private static void abandon(Opening opening, Future<?> opener) {
    opening.abandon();
    opener.cancel(true);
  }

  /** An id may have come from anybody; HTTP clients refuse control characters with an error. */
  private static String headerSafe(String requestId) {
    String visible = requestId.replaceAll("[^!-~]", "_");
    return visible.substring(0, Math.min(visible.length(), 128));
  }
}
