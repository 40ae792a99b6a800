package dev.groqchat.application.port.in;

import java.util.Optional;

/** Takes a ticket back for who holds it. */
public interface RedeemTicket {
  /**
   * Who the ticket was given to; empty if it was used before, is too old, or never was.
   *
   * @param requestId of the request that the ticket came with
   */
  Optional<Caller> redeem(String ticket, String requestId);
}
