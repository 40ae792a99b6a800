package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;

/** What Swagger UI shows of the models, in OpenAI's form. */
@Tag(name = "5 OpenAI-compatible")
interface ModelsApi {
  @Operation(
      summary = "The models on offer, the default first",
      responses = @ApiResponse(responseCode = "200", description = "All of them."))
  ModelsController.ModelList list(Caller caller);

  @Operation(
      summary = "One model",
      responses = {
        @ApiResponse(
            responseCode = "200",
            description = "The model.",
            content =
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = ModelsController.ModelJson.class)))
      })
  @Errors(404)
  ResponseEntity<Object> read(
      Caller caller,
      @Parameter(description = "its slash may be encoded", example = "openai/gpt-oss-120b")
          String id);
}
