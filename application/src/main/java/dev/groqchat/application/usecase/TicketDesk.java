package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.IssueTicket;
import dev.groqchat.application.port.in.RedeemTicket;
import dev.groqchat.application.port.out.TicketStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gives tickets out and takes them back. */
final class TicketDesk implements IssueTicket, RedeemTicket {
  /** Long enough to open a socket, too short to be worth stealing from a log. */
  private static final Duration VALID_FOR = Duration.ofSeconds(30);

  private static final int RANDOM_BYTES = 32;

  private final TicketStore tickets;
  private final RandomGenerator random;

  TicketDesk(Ports ports, Ids ids) {
    this.tickets = ports.tickets();
    this.random = ids.random();
  }

  @Override
  public Ticket issue(Caller caller) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String value = HexFormat.of().formatHex(bytes);
    TicketStore.Holder holder =
        new TicketStore.Holder(caller.owner(), caller.client(), caller.visitor());
    tickets.keep(value, holder, VALID_FOR);
    return new Ticket(value, VALID_FOR);
  }

  @Override
  public Optional<Caller> redeem(String ticket, String requestId) {
    return tickets
        .take(ticket)
        .map(it -> new Caller(it.owner(), it.client(), it.visitor(), requestId));
  }
}
