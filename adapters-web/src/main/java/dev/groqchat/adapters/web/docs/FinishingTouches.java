package dev.groqchat.adapters.web.docs;

import dev.groqchat.adapters.web.problem.ErrorForm;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * What no controller of ours can say, and an order that does not depend on how classes were found:
 * the file in the repository changes only when the API does.
 */
final class FinishingTouches implements GlobalOpenApiCustomizer {
  private final List<ErrorForm> forms;

  FinishingTouches(List<ErrorForm> forms) {
    this.forms = forms;
  }

  @Override
  public void customise(OpenAPI api) {
    Components components = api.getComponents();
    for (ErrorForm form : forms) {
      Schemas.of(form.example(SampleErrors.of(SampleErrors.BAD_REQUEST)).getClass())
          .referencedSchemas
          .forEach(components::addSchemas);
    }
    api.getPaths().addPathItem("/metrics", new PathItem().get(metrics()));
    sort(api, components);
  }

  private Operation metrics() {
    Schema<String> text = new StringSchema();
    text.addType("string");
    ApiResponse done =
        new ApiResponse()
            .description("All meters.")
            .content(new Content().addMediaType("text/plain", new MediaType().schema(text)));
    ApiResponse refused = new ApiResponse().description(SampleErrors.description(406));
    SharedHeaders.requestId(done);
    SharedHeaders.requestId(refused);
    return new Operation()
        .operationId("metrics")
        .addTagsItem("4 Classic")
        .summary("What Prometheus reads")
        .description("Needs no key. Accept may ask for application/openmetrics-text instead.")
        .security(List.of())
        .responses(new ApiResponses().addApiResponse("200", done).addApiResponse("406", refused));
  }

  private static void sort(OpenAPI api, Components components) {
    Paths paths = new Paths();
    paths.putAll(new TreeMap<>(api.getPaths()));
    api.setPaths(paths);
    paths.values().forEach(path -> path.readOperations().forEach(FinishingTouches::sort));
    components.setSchemas(new TreeMap<>(components.getSchemas()));
    if (api.getTags() != null) {
      api.setTags(api.getTags().stream().sorted(Comparator.comparing(Tag::getName)).toList());
    }
  }

  private static void sort(Operation operation) {
    ApiResponses responses = new ApiResponses();
    responses.putAll(new TreeMap<>(operation.getResponses()));
    operation.setResponses(responses);
    for (ApiResponse response : responses.values()) {
      if (response.getHeaders() != null) {
        response.setHeaders(new TreeMap<>(response.getHeaders()));
      }
    }
  }
}
