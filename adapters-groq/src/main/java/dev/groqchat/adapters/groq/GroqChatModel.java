package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;

/**
 * Asks the provider, and hands out its stream. All waits are the caller's own: an interrupt of a
 * virtual thread closes the socket that it waits for. Thread-safe.
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
    Call call = new Call();
    Watchdog.Watch watch =
        http.watchdog().watch(Asked.since(), properties.replyTimeout(), call::cut);
    boolean begun = false;
    try {
      Failure.ModelTimeout limit = properties.beginning(GroqReplyStream.comesInPieces(question));
      watch.awaitSinceStart(limit.waitingFor(), limit.limit());
      ReplyStream reply =
          ScopedValue.where(Call.CURRENT, call).call(() -> ask(question, call, watch));
      begun = true;
      return reply;
    } catch (ResourceAccessException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while asking the model");
      }
      throw new ChatException(watch.expired() == null ? unreachable(e, question) : watch.expired());
    } catch (IllegalStateException e) {
      if (http.isClosed()) {
        throw new ChatException(new Failure.ModelUnavailable());
      }
      throw e;
    } finally {
      if (!begun) {
        watch.stop();
        call.cut();
      }
    }
  }

  private ReplyStream ask(Question question, Call call, Watchdog.Watch watch) {
    Exchange exchange = Exchange.of(question, properties.isStrict());
    return http.streaming()
        .post()
        .uri(properties.endpoint("chat/completions"))
        .contentType(MediaType.APPLICATION_JSON)
        .contentLength(exchange.body().length)
        .header(HttpHeaders.ACCEPT, "text/event-stream, application/json")
        .header("X-Request-ID", headerSafe(question.requestId()))
        .body(exchange.body())
        // Closing the response would first read the rest of it: whoever leaves cuts the call.
        .exchangeForRequiredValue(
            (_, response) -> accept(question, exchange, call, watch, response), false);
  }

  private ReplyStream accept(
      Question question,
      Exchange exchange,
      Call call,
      Watchdog.Watch watch,
      ClientHttpResponse response)
      throws IOException {
    InputStream body = response.getBody();
    if (response.getStatusCode().is2xxSuccessful()) {
      ProviderLimits said = LimitHeaders.read(response.getHeaders()::getFirst);
      return new GroqReplyStream(question, exchange, call, watch, said, body, http, properties);
    }
    throw new ChatException(
        refusals.of(
            response.getStatusCode().value(),
            response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER),
            body.readNBytes(MAX_ERROR_BYTES),
            question));
  }

  private Failure unreachable(ResourceAccessException e, Question question) {
    Throwable cause = e.getMostSpecificCause();
    log.warn(
        "the model provider cannot be reached: {} request={}",
        cause.getClass().getSimpleName(),
        question.requestId());
    // Nothing else has a limit of its own by then.
    return e.getCause() instanceof SocketTimeoutException
        ? new Failure.ModelTimeout(Waiting.CONNECTION, properties.connectTimeout())
        : new Failure.ModelUnavailable();
  }

  /** An id may have come from anybody; HTTP clients refuse control characters with an error. */
  private static String headerSafe(String requestId) {
    String visible = requestId.replaceAll("[^!-~]", "_");
    return visible.substring(0, Math.min(visible.length(), 128));
  }
}
