package dev.groqchat.bootstrap.traces;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Makes a span of each request, within the caller's trace if it names one; a stream's ends with the
 * stream. Its id stands beside the log's lines. Names and attributes are those of OpenTelemetry's
 * semantic conventions for HTTP, 1.41.1, without what a client writes or is: no address, no path,
 * no query, no header. Probes and metrics are asked for all day, and leave no spans.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TracedRequests extends OncePerRequestFilter {
  static final AttributeKey<String> METHOD = stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = stringKey("http.route");
  static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  static final AttributeKey<String> SCHEME = stringKey("url.scheme");

  private static final Pattern UNTRACED = Pattern.compile("/(?:metrics|health|actuator(?:/.*)?)");

  /** A client may send any word for one. */
  private static final Set<String> METHODS =
      Arrays.stream(HttpMethod.values()).map(HttpMethod::name).collect(toUnmodifiableSet());

  private final Tracer tracer;

  TracedRequests(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return UNTRACED.matcher(request.getRequestURI()).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String asked = request.getMethod();
    String method = METHODS.contains(asked) ? asked : "_OTHER";
    Context caller = caller(request);
    Span span =
        tracer
            .spanBuilder(method)
            .setParent(caller)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, method)
            .setAttribute(SCHEME, request.getScheme())
            .startSpan();
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    try (var _ = CurrentTrace.enter(caller.with(span));
        var _ = MDC.putCloseable("trace_id", span.getSpanContext().getTraceId())) {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      ended(span, method, request, status);
    }
  }

  private static void ended(Span span, String method, HttpServletRequest request, int status) {
    Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (route != null) {
      span.updateName(method + " " + route);
      span.setAttribute(ROUTE, route.toString());
    }
    span.setAttribute(STATUS, (long) status);
    if (status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(ChatSpan.ERROR, Integer.toString(status));
    }
    span.end();
  }

  /** Ids alone are taken over: {@code tracestate} is free text. */
  private static Context caller(HttpServletRequest request) {
    Context said =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request, new Headers());
    SpanContext span = Span.fromContext(said).getSpanContext();
    return span.isValid()
        ? Context.root()
            .with(
                Span.wrap(
                    SpanContext.createFromRemoteParent(
                        span.getTraceId(),
                        span.getSpanId(),
                        span.getTraceFlags(),
                        TraceState.getDefault())))
        : Context.root();
  }

  /** A request's headers, as the library wants to read them. */
  private static final class Headers implements TextMapGetter<HttpServletRequest> {
    @Override
    public Iterable<String> keys(HttpServletRequest request) {
      return Collections.list(request.getHeaderNames());
    }

    @Override
    public @Nullable String get(@Nullable HttpServletRequest request, String name) {
      return request == null ? null : request.getHeader(name);
    }
  }
}
