package dev.groqchat.adapters.web.container;

import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.security.AccessLines;
import dev.groqchat.adapters.web.security.AnswerHeaders;
import dev.groqchat.adapters.web.security.RequestIds;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Errors of requests that Tomcat could not even read, in the same forms as all others, and the line
 * in the log of every request that got no further than here.
 */
final class ContainerErrorValve extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerErrorValve.class);

  private final ProblemWriter problems;
  private final AccessLines lines;
  private final AnswerHeaders headers = new AnswerHeaders();

  ContainerErrorValve(ProblemWriter problems, AccessLines lines) {
    this.problems = problems;
    this.lines = lines;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    long begin = System.nanoTime();
    super.invoke(request, response);
    String id = RequestIds.of(request);
    try (var _ = MDC.putCloseable("request_id", id)) {
      lines.tellUnrouted(
          request, response.getStatus(), Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable cause) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0 || !possible(response)) {
      return;
    }
    if (!response.setErrorReported()) {
      return;
    }
    try {
      RequestIds.assign(request, response);
      headers.writeHeaders(request, response);
      problems.write(ErrorPage.problem(response.getStatus()), request, response);
      response.finishResponse();
    } catch (IOException e) {
      LOG.debug("the client has gone", e);
    }
  }

  /** Whether the connection still takes an answer. */
  private static boolean possible(Response response) {
    AtomicBoolean allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return allowed.get();
  }
}
