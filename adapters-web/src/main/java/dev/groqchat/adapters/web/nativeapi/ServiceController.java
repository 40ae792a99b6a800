package dev.groqchat.adapters.web.nativeapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.groqchat.adapters.web.security.Callers;
import dev.groqchat.adapters.web.settings.ServiceInfo;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ListModels;
import dev.groqchat.domain.model.ModelInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the service offers, and what it is. */
@RestController
@RequestMapping("/api")
class ServiceController implements ServiceApi {
  private final ListModels listModels;
  private final ServiceInfo info;
  private final Callers callers;

  ServiceController(ListModels listModels, ServiceInfo info, Callers callers) {
    this.listModels = listModels;
    this.info = info;
    this.callers = callers;
  }

  @Override
  @GetMapping("/models")
  public PageJson<ModelJson> models(Caller caller) {
    return new PageJson<>(listModels.models().stream().map(ModelJson::of).toList(), null);
  }

  @Override
  @GetMapping("/status")
  public StatusJson status(HttpServletRequest request) {
    boolean trusted = callers.trusted(request);
    return new StatusJson(
        "ok",
        info.version(),
        info.demo(),
        trusted ? info.provider() : null,
        trusted ? info.model().value() : null,
        trusted ? info.limits() : null);
  }

  /** A model on offer. */
  @Schema(name = "Model")
  record ModelJson(String id, String ownedBy, int contextWindow, int maxReplyTokens) {
    static ModelJson of(ModelInfo model) {
      return new ModelJson(
          model.id().value(), model.ownedBy(), model.contextWindow(), model.maxReply());
    }
  }

  /** The service's state; without a key, where keys are set, less of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Status")
  record StatusJson(
      String status,
      String version,
      boolean demo,
      @Nullable String provider,
      @Nullable String model,
      ServiceInfo.@Nullable Limits limits) {}
}
