package dev.groqchat.adapters.web.docs;

import dev.groqchat.adapters.web.problem.ErrorForm;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.ObjectMapper;

/**
 * Documents errors, each in the form of the surface that the operation belongs to, and the headers
 * that go with work, once for all operations.
 */
@Component
class CommonAnswers implements OperationCustomizer {
  private final List<ErrorForm> forms;
  private final ObjectMapper json;

  CommonAnswers(List<ErrorForm> forms, ObjectMapper json) {
    this.forms = forms;
    this.json = json;
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    Set<Integer> statuses = statuses(method);
    ApiResponses responses = operation.getResponses();
    List<ErrorForm> own = forms.stream().filter(form -> form.documents(method)).toList();
    ApiResponse done = responses.get("200");
    if (done != null && statuses.contains(SampleErrors.TOO_MANY)) {
      SharedHeaders.limits(done);
      SharedHeaders.reuse(done);
      own.forEach(form -> SharedHeaders.own(done, form.documentedHeaders(200)));
    }
    for (int status : statuses) {
      responses.addApiResponse(Integer.toString(status), error(status, own));
    }
    responses.values().forEach(SharedHeaders::requestId);
    if (!has(method, Caller.class)) {
      operation.setSecurity(List.of());
    }
    return operation;
  }

  /** Those that are named, and those that go without saying. */
  private static Set<Integer> statuses(HandlerMethod method) {
    Set<Integer> statuses = new TreeSet<>();
    if (has(method, Caller.class)) {
      statuses.add(SampleErrors.UNAUTHORIZED);
    }
    if (Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
      statuses.addAll(
          List.of(SampleErrors.BAD_REQUEST, SampleErrors.TOO_LARGE, SampleErrors.WRONG_TYPE));
    }
    Errors named = method.getMethodAnnotation(Errors.class);
    if (named != null) {
      Arrays.stream(named.value()).forEach(statuses::add);
    }
    return statuses;
  }

  private static boolean has(HandlerMethod method, Class<?> type) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == type);
  }

  private ApiResponse error(int status, List<ErrorForm> forms) {
    ApiResponse response = new ApiResponse().description(description(status, forms));
    forms.forEach(form -> SharedHeaders.own(response, form.documentedHeaders(status)));
    switch (status) {
      case SampleErrors.UNAUTHORIZED -> SharedHeaders.challenge(response);
      case SampleErrors.TOO_MANY -> {
        SharedHeaders.limits(response);
        SharedHeaders.wait(response);
      }
      case SampleErrors.UNAVAILABLE -> SharedHeaders.wait(response);
      default -> {}
    }
    Problem sample = SampleErrors.of(status);
    Content content = new Content();
    for (ErrorForm form : forms) {
      content.addMediaType(essence(form), body(form.example(sample)));
    }
    return content.isEmpty() ? response : response.content(content);
  }

  private static String description(int status, List<ErrorForm> forms) {
    return forms.stream()
        .map(form -> form.meaning(status))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> SampleErrors.description(status));
  }

  /** Without its parameters. */
  static String essence(ErrorForm form) {
    return form.contentType().replaceAll(";.*", "");
  }

  private MediaType body(Object example) {
    Object shown =
        example instanceof String ? example : json.convertValue(example, java.util.Map.class);
    return new MediaType().schema(Schemas.of(example.getClass()).schema).example(shown);
  }
}
