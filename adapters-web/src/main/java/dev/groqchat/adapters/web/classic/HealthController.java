package dev.groqchat.adapters.web.classic;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code /health}: whether the process answers. Needs no key. */
@RestController
@Tag(name = "4 Classic")
class HealthController {
  private final InstantSource clock;

  HealthController(InstantSource clock) {
    this.clock = clock;
  }

  @Operation(
      summary = "Whether the service answers",
      description = "As text if Accept begins with text/plain. Needs no key, and is not counted.",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "It does.",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = Health.class)),
                @Content(
                    mediaType = "text/plain",
                    schema = @Schema(type = "string", example = "OK"))
              }))
  @GetMapping("/health")
  ResponseEntity<Object> health(
      @io.swagger.v3.oas.annotations.Parameter(hidden = true)
          @RequestHeader(name = HttpHeaders.ACCEPT, required = false)
          @Nullable String accept) {
    boolean plain = accept != null && accept.startsWith("text/plain");
    return ResponseEntity.ok()
        .contentType(plain ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON)
        .body(plain ? "OK" : new Health("ok", clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** The answer. */
  @Schema(name = "Health")
  record Health(String status, Instant timestamp) {}
}
