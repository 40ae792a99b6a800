package dev.groqchat.adapters.web.openai;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ListModels;
import dev.groqchat.domain.model.ModelInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET models}, and one of them. */
@RestController
class ModelsController implements ModelsApi {
  private final ListModels listModels;

  ModelsController(ListModels listModels) {
    this.listModels = listModels;
  }

  @Override
  @GetMapping({"/v1/models", "/openai/v1/models"})
  public ModelList list(Caller caller) {
    return new ModelList("list", listModels.models().stream().map(ModelJson::of).toList());
  }

  /** The rest of the path is the id: with its slash encoded, as clients send it, or as it is. */
  @Override
  @GetMapping({"/v1/models/{*id}", "/openai/v1/models/{*id}"})
  public ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
    String wanted = id.substring(1);
    return listModels.models().stream()
        .filter(model -> model.id().value().equals(wanted))
        .findFirst()
        .map(model -> ResponseEntity.<Object>ok(ModelJson.of(model)))
        .orElseGet(() -> ResponseEntity.status(404).body(ErrorJson.unknownModel(wanted)));
  }

  /** All models on offer. */
  @Schema(name = "OpenAiModels")
  record ModelList(String object, List<ModelJson> data) {}

  /**
   * A model.
   *
   * @param created when, in seconds since 1970: clients want a number, but nobody told us
   */
  @Schema(name = "OpenAiModel")
  record ModelJson(
      String id,
      String object,
      long created,
      String ownedBy,
      boolean active,
      int contextWindow,
      int maxCompletionTokens) {
    static ModelJson of(ModelInfo model) {
      return new ModelJson(
          model.id().value(),
          "model",
          0,
          model.ownedBy(),
          true,
          model.contextWindow(),
          model.maxReply());
    }
  }
}
