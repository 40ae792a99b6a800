package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.security.Visitors;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.IssueTicket;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tickets, with which browsers open WebSockets. */
@RestController
@RequestMapping("/api/tickets")
class TicketsController implements TicketsApi {
  private final IssueTicket issueTicket;

  TicketsController(IssueTicket issueTicket) {
    this.issueTicket = issueTicket;
  }

  @Override
  @PostMapping
  public TicketJson issue(Caller caller, HttpServletRequest request, HttpServletResponse response) {
    // The socket's conversations are the browser's own: it must know itself again by then.
    Caller visitor = Visitors.visiting(caller);
    IssueTicket.Ticket ticket = issueTicket.issue(visitor);
    Visitors.remember(visitor, request, response);
    return new TicketJson(ticket.value(), ticket.validFor().toSeconds());
  }

  /** A ticket. */
  @Schema(name = "Ticket")
  record TicketJson(
      String ticket, @Schema(description = "in seconds", example = "30") long expiresIn) {}
}
