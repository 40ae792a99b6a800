package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.anOwner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.TicketStoreContract;
import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryTicketStoreTest implements TicketStoreContract {
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private final FakeClock clock = new FakeClock();
  private final TicketStore wide = new MemoryStores(Limits.WIDE, clock).tickets();
  private final TicketStore narrow = new MemoryTicketStore(3, clock);

  @Override
  public TicketStore tickets() {
    return wide;
  }

  @Override
  public boolean timePasses(Duration time) {
    clock.pass(time);
    return true;
  }

  @Test
  void whoFindsNoRoomIsToldToComeBackAndNobodyLosesTheirs() {
    Stream.of("a", "b", "c").forEach(this::keep);

    assertThatThrownBy(() -> keep("d"))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.TooBusy(Duration.ofSeconds(5))));

    assertThat(narrow.take("d")).isEmpty();
    assertThat(Stream.of("a", "b", "c")).allMatch(ticket -> narrow.take(ticket).isPresent());
  }

  @Test
  void aTicketThatIsTakenMakesRoom() {
    Stream.of("a", "b", "c").forEach(this::keep);

    assertThat(narrow.take("b")).isPresent();
    keep("d");

    assertThat(Stream.of("a", "c", "d")).allMatch(ticket -> narrow.take(ticket).isPresent());
  }

  @Test
  void ticketsWhoseTimeIsUpMakeRoom() {
    keep("a");
    keep("b");
    clock.pass(Duration.ofSeconds(1));
    keep("c");
    clock.pass(HALF_A_MINUTE.minusSeconds(1));

    keep("d");
    keep("e");
    assertThatThrownBy(() -> keep("f")).isInstanceOf(ChatException.class);

    assertThat(Stream.of("a", "b")).allMatch(ticket -> narrow.take(ticket).isEmpty());
    assertThat(Stream.of("c", "d", "e")).allMatch(ticket -> narrow.take(ticket).isPresent());
  }

  private void keep(String ticket) {
    narrow.keep(ticket, new TicketStore.Holder(anOwner(), "client", null), HALF_A_MINUTE);
  }
}
