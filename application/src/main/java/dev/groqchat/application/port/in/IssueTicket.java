package dev.groqchat.application.port.in;

import java.time.Duration;

/** Gives out a ticket, with which a browser opens a WebSocket: it cannot send a key along there. */
public interface IssueTicket {
  /** A new ticket for the caller. */
  Ticket issue(Caller caller);

  /**
   * A ticket.
   *
   * @param value unguessable; good for one use
   * @param validFor how long it is good
   */
  record Ticket(String value, Duration validFor) {
    /** Without its value, which is as good as a key for a while. */
    @Override
    public String toString() {
      return "Ticket[validFor=" + validFor + "]";
    }
  }
}
