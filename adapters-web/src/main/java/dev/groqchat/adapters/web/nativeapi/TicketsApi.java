package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.docs.Errors;
import dev.groqchat.application.port.in.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What Swagger UI shows of tickets. */
@Tag(name = "3 Service")
interface TicketsApi {
  @Operation(
      summary = "Get a ticket for a WebSocket",
      description =
          """
          For browsers, which cannot send a key along with a WebSocket: open /ws?ticket=<ticket> with it, once, \
          before it expires.\
          """,
      responses =
          @ApiResponse(
              responseCode = "200",
              description =
                  "Good for one socket, which is its holder's like a request with the key."))
  @Errors(503)
  TicketsController.TicketJson issue(
      Caller caller, HttpServletRequest request, HttpServletResponse response);
}
