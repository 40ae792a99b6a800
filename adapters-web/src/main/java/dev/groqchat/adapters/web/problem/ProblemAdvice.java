package dev.groqchat.adapters.web.problem;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Turns whatever a controller throws into a {@link Problem}; {@link ProblemWriter} does the rest.
 */
@ControllerAdvice
class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final ProblemWriter writer;

  ProblemAdvice(ProblemWriter writer) {
    this.writer = writer;
  }

  @ExceptionHandler
  void failed(ChatException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    writer.write(Problem.of(e.failure()), request, response);
  }

  @ExceptionHandler
  void unreadable(
      HttpMessageNotReadableException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    writer.write(Unreadable.problem("the body", e), request, response);
  }

  /** A header or a parameter that is a trick, which shows when it is read. Its words quote it. */
  @ExceptionHandler
  void trick(RequestRejectedException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    writer.write(Unreadable.request(), request, response);
  }

  private static Problem invalid(String detail) {
    return Problem.of(new Failure.InvalidRequest("body", detail));
  }

  @ExceptionHandler
  void mistyped(
      MethodArgumentTypeMismatchException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    writer.write(invalid(e.getName() + " has the wrong type"), request, response);
  }

  /** Tomcat's word for a query that cannot be decoded. */
  @ExceptionHandler
  void undecodable(
      InvalidParameterException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    writer.write(invalid("the query cannot be decoded"), request, response);
  }

  @ExceptionHandler
  void wrongMethod(
      HttpRequestMethodNotSupportedException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String allowed = allowed(e);
    response.setHeader(HttpHeaders.ALLOW, allowed);
    String detail = e.getMethod() + " is not supported here; supported: " + allowed;
    writer.write(
        Problem.of(405, "method_not_allowed", "This method is not supported here", detail),
        request,
        response);
  }

  /** With those that Spring answers by itself, as it says to OPTIONS. */
  private static String allowed(HttpRequestMethodNotSupportedException e) {
    Set<HttpMethod> methods = new HashSet<>();
    methods.add(HttpMethod.OPTIONS);
    if (e.getSupportedHttpMethods() != null) {
      methods.addAll(e.getSupportedHttpMethods());
    }
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    return methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
  }

  /** What is accepted goes with it: RFC 9110, section 15.5.16, and RFC 5789, section 2.2. */
  @ExceptionHandler
  void wrongType(
      HttpMediaTypeNotSupportedException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setHeader(
        HttpMethod.PATCH.matches(request.getMethod())
            ? HttpHeaders.ACCEPT_PATCH
            : HttpHeaders.ACCEPT,
        MediaType.APPLICATION_JSON_VALUE);
    writer.write(
        Problem.of(
            415,
            "unsupported_media_type",
            "This content type is not supported here",
            "the body must be application/json"),
        request,
        response);
  }

  @ExceptionHandler
  void unacceptable(
      HttpMediaTypeNotAcceptableException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String offered =
        e.getSupportedMediaTypes().stream()
            .map(MediaType::toString)
            .collect(Collectors.joining(", "));
    writer.write(
        Problem.of(
            406,
            "not_acceptable",
            "There is nothing that Accept allows",
            "this can be had as " + offered),
        request,
        response);
  }

  @ExceptionHandler
  void unknown(NoResourceFoundException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    writer.write(
        Problem.of(404, "not_found", "There is no such thing", "there is nothing at this address"),
        request,
        response);
  }

  @ExceptionHandler
  void defect(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      int status = known.getStatusCode().value();
      String title =
          Objects.requireNonNullElse(known.getBody().getTitle(), "The request cannot be served");
      writer.write(Problem.of(status, "request_error", title, title), request, response);
      return;
    }
    if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
      LOG.debug("the client has gone", e);
      return;
    }
    // Not the address: whatever a client likes to write stands there.
    Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    LOG.error("{} {} failed", request.getMethod(), route, e);
    writer.write(Problem.of(new Failure.Internal()), request, response);
  }
}
