package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.IssueTicket.Ticket;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ticket stands for who asked for it, once and not for long. */
class TicketsTest {
  private static final Caller BROWSER =
      new Caller(Owner.SHARED, "192.0.2.1", new VisitorId("browser"), "asking");

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoHoldsATicketIsWhoItWasGivenToInARequestOfTheirOwn() {
    Ticket browsers = world.useCases.issueTicket().issue(BROWSER);
    Ticket alices = world.useCases.issueTicket().issue(World.ALICE);

    assertThat(world.useCases.redeemTicket().redeem(browsers.value(), "coming"))
        .contains(new Caller(Owner.SHARED, "192.0.2.1", new VisitorId("browser"), "coming"));
    assertThat(world.useCases.redeemTicket().redeem(alices.value(), "coming, too"))
        .contains(new Caller(new Owner("alice"), "alice", null, "coming, too"));
  }

  @Test
  void aTicketIsGoodOnceAndUnknownOnesAreNot() {
    String ticket = world.useCases.issueTicket().issue(BROWSER).value();

    assertThat(world.useCases.redeemTicket().redeem(ticket, "first")).isPresent();
    assertThat(world.useCases.redeemTicket().redeem(ticket, "second")).isEmpty();
    assertThat(world.useCases.redeemTicket().redeem("0".repeat(64), "third")).isEmpty();
  }

  @Test
  void aTicketIsGoodForHalfAMinute() {
    Ticket inTime = world.useCases.issueTicket().issue(BROWSER);
    Ticket tooLate = world.useCases.issueTicket().issue(BROWSER);
    assertThat(inTime.validFor()).isEqualTo(Duration.ofSeconds(30));

    world.fakes.clock().pass(Duration.ofMillis(29_999));
    assertThat(world.useCases.redeemTicket().redeem(inTime.value(), "r")).isPresent();
    world.fakes.clock().pass(Duration.ofMillis(1));
    assertThat(world.useCases.redeemTicket().redeem(tooLate.value(), "r")).isEmpty();
  }

  /** 256 bits, in characters that need no care in an address. */
  @Test
  void noTicketCanBeGuessed() {
    assertThat(
            Stream.generate(() -> world.useCases.issueTicket().issue(BROWSER).value()).limit(1_000))
        .doesNotHaveDuplicates()
        .allMatch(value -> value.matches("[0-9a-f]{64}"));
  }

  @Test
  void aTicketIsPrintedWithoutItsValue() {
    Ticket ticket = world.useCases.issueTicket().issue(BROWSER);

    assertThat(ticket).asString().doesNotContain(ticket.value()).contains("PT30S");
  }
}
