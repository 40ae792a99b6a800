package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

/** What Swagger UI shows of the service itself. */
@Tag(name = "3 Service", description = "What is on offer, and tickets for sockets.")
interface ServiceApi {
  @Operation(
      summary = "The models on offer, the default first",
      responses = @ApiResponse(responseCode = "200", description = "All of them."))
  PageJson<ServiceController.ModelJson> models(Caller caller);

  @Operation(
      summary = "Version, provider and limits",
      responses = @ApiResponse(responseCode = "200", description = "Less of it without a key."))
  ServiceController.StatusJson status(HttpServletRequest request);
}
