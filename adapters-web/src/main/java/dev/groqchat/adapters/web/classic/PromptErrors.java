package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.problem.ErrorForm;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.RequestPaths;
import dev.groqchat.adapters.web.security.RequestIds;
import dev.groqchat.adapters.web.stream.Frames;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.ObjectMapper;

/**
 * Errors of a classic call whose answer would have been typed events: one such event, with the
 * status.
 */
@Component
@Order(2)
class PromptErrors implements ErrorForm {
  private final ObjectMapper json;

  PromptErrors(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public boolean answers(HttpServletRequest request) {
    return RequestPaths.within(request, "/chat")
        && ClassicFormat.asked(request) == ClassicFormat.EVENTS;
  }

  @Override
  public String contentType() {
    return "text/event-stream;charset=utf-8";
  }

  @Override
  public Object body(Problem problem, HttpServletRequest request) {
    return event(problem, RequestIds.of(request));
  }

  private String event(Problem problem, String requestId) {
    Frames frames = new Frames(json);
    new EventsDialect(requestId).error(problem.detail(), frames);
    return frames.toString();
  }

  @Override
  public boolean documents(HandlerMethod method) {
    return method.getBeanType() == ChatController.class;
  }

  @Override
  public Object example(Problem problem) {
    return event(problem, SAMPLE_REQUEST_ID);
  }
}
