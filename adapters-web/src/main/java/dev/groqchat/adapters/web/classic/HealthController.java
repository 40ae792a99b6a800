package dev.groqchat.adapters.web.classic;

import io.swagger.v3.oas.annotations.Operation;
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
      responses = @ApiResponse(responseCode = "200", description = "It does."))
  @GetMapping("/health")
  ResponseEntity<Object> health(
      @io.swagger.v3.oas.annotations.Parameter(hidden = true)
          @RequestHeader(name = HttpHeaders.ACCEPT, required = false)
          @Nullable String accept) {
    boolean plain = accept != null && accept.startsWith("text/plain");
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(plain ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON)
        .body(plain ? "OK" : new Health("ok", clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** The answer. */
  record Health(String status, Instant timestamp) {}
}
