package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.TicketStore;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that expire by themselves. Not counted: each is some hundred bytes, and good for seconds.
 */
final class RedisTicketStore implements TicketStore {
  private final RedisGate gate;

  RedisTicketStore(RedisGate gate) {
    this.gate = gate;
  }

  @Override
  public void keep(String ticket, Holder holder, Duration validFor) {
    String json = DomainJson.write(Holder.class, holder);
    gate.call(redis -> redis.psetex(RedisKeys.ticket(ticket), validFor.toMillis(), json));
  }

  @Override
  public Optional<Holder> take(String ticket) {
    @Nullable String json = gate.call(redis -> redis.getdel(RedisKeys.ticket(ticket)));
    return Optional.ofNullable(json).map(it -> DomainJson.read(Holder.class, it));
  }
}
