package dev.groqchat.adapters.persistence.memory;

import java.util.Map;

/**
 * What each client may ask for.
 *
 * @param everybody of all that are not named
 * @param named by the client's name
 * @param share the part of it that one of several instances allows while it is on its own, over 0
 *     up to 1
 */
public record Quotas(Quota everybody, Map<String, Quota> named, double share) {
  public Quotas {
    named = Map.copyOf(named);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is over 0 and at most 1");
    }
  }

  public Quota of(String client) {
    return named.getOrDefault(client, everybody);
  }
}
