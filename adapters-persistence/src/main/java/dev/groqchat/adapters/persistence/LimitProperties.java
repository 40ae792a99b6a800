package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.Quota;
import dev.groqchat.adapters.persistence.memory.Quotas;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a client may ask for. Null or 0: there is no such limit.
 *
 * @param rps requests a second
 * @param burst requests at once; 0 for as many as a second's
 * @param perHour requests an hour
 * @param tokensPerMinute tokens a minute, of prompts and replies together
 * @param share the part of all these that each instance allows while it cannot reach the others,
 *     over 0 up to 1
 * @param clients what named clients may ask for instead
 */
@ConfigurationProperties("groqchat.limits")
public record LimitProperties(
    @Nullable Long rps,
    @Nullable Long burst,
    @Nullable Long perHour,
    @Nullable Long tokensPerMinute,
    @DefaultValue("1.0") double share,
    @DefaultValue Map<String, Client> clients) {

  public LimitProperties {
    requireLimit("groqchat.limits.rps", rps);
    requireLimit("groqchat.limits.burst", burst);
    requireLimit("groqchat.limits.per-hour", perHour);
    requireLimit("groqchat.limits.tokens-per-minute", tokensPerMinute);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("groqchat.limits.share must be over 0 and at most 1");
    }
    clients = Map.copyOf(clients);
  }

  /** What one client may ask for; what is null is as everybody's. */
  public record Client(
      @Nullable Long rps,
      @Nullable Long burst,
      @Nullable Long perHour,
      @Nullable Long tokensPerMinute) {
    public Client {
      requireLimit("groqchat.limits.clients.rps", rps);
      requireLimit("groqchat.limits.clients.burst", burst);
      requireLimit("groqchat.limits.clients.per-hour", perHour);
      requireLimit("groqchat.limits.clients.tokens-per-minute", tokensPerMinute);
    }
  }

  Quotas quotas() {
    Map<String, Quota> named = new HashMap<>();
    clients.forEach((name, client) -> named.put(name, quota(client)));
    return new Quotas(quota(new Client(null, null, null, null)), named, share);
  }

  private Quota quota(Client client) {
    return new Quota(
        or(client.rps, rps),
        or(client.burst, burst),
        or(client.perHour, perHour),
        or(client.tokensPerMinute, tokensPerMinute));
  }

  private static long or(@Nullable Long own, @Nullable Long everybodys) {
    return own != null ? own : everybodys != null ? everybodys : 0;
  }

  private static void requireLimit(String property, @Nullable Long limit) {
    if (limit != null && (limit < 0 || limit > Quota.MOST)) {
      throw new IllegalArgumentException(property + " must be from 0 to " + Quota.MOST);
    }
  }
}
