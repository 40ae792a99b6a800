package dev.groqchat.adapters.web.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API keys, as their SHA-256: a dump of the memory shows no key. Every comparison looks at
 * every key and every byte, so that its time tells nothing. Thread-safe.
 */
public final class ApiKeys {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-fA-F]{64}");
  private static final String SINGLE = "groqchat.web.api-key";
  private static final String NAMED = "groqchat.web.api-keys";
  private static final String HASH_PREFIX = "sha256:";

  private final List<Key> keys;

  private ApiKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads keys as they are configured.
   *
   * @param single the key called {@code default}; null or blank for none
   * @param named {@code alice:secret,bob:sha256:<hex>}; null or blank for none
   * @throws IllegalArgumentException that says what is wrong, and with which property, without
   *     showing a key
   */
  public static ApiKeys parse(@Nullable String single, @Nullable String named) {
    List<Key> keys = new ArrayList<>();
    if (single != null && !single.isBlank()) {
      keys.add(key(SINGLE, "default", single.strip()));
    }
    if (named != null && !named.isBlank()) {
      String[] entries = named.split(",", -1);
      for (int index = 0; index < entries.length; index++) {
        keys.add(entry(entries[index].strip(), index + 1));
      }
    }
    refuseTwins(keys);
    return new ApiKeys(keys);
  }

  /** Of two with one secret, only one would ever be found: whose is a conversation then? */
  private static void refuseTwins(List<Key> keys) {
    Set<String> names = new HashSet<>();
    Map<String, String> holders = new HashMap<>();
    for (Key key : keys) {
      if (!names.add(key.name())) {
        throw new IllegalArgumentException(NAMED + " names a key twice");
      }
      String other = holders.putIfAbsent(HexFormat.of().formatHex(key.hash()), key.name());
      if (other != null) {
        throw new IllegalArgumentException(
            NAMED + " gives '" + other + "' and '" + key.name() + "' the same secret");
      }
    }
  }

  private static Key entry(String entry, int number) {
    int colon = entry.indexOf(':');
    if (colon < 1
        || colon == entry.length() - 1
        || !NAME.matcher(entry.substring(0, colon)).matches()) {
      throw new IllegalArgumentException(
          NAMED + " entry " + number + " is not name:secret or name:sha256:<64 hex digits>");
    }
    return key(NAMED, entry.substring(0, colon), entry.substring(colon + 1).strip());
  }

  private static Key key(String property, String name, String secret) {
    if (!secret.startsWith(HASH_PREFIX)) {
      return new Key(name, sha256(secret));
    }
    if (!HASH.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          property + " has a hash for '" + name + "' that is not 64 hex digits");
    }
    return new Key(name, HexFormat.of().parseHex(secret.substring(HASH_PREFIX.length())));
  }

  /** Whether there are any: without keys everybody may ask. */
  public boolean required() {
    return !keys.isEmpty();
  }

  /** The name of a key; empty if it is none. */
  public Optional<String> nameOf(String secret) {
    byte[] hash = sha256(secret);
    String name = null;
    for (Key key : keys) {
      if (MessageDigest.isEqual(key.hash(), hash)) {
        name = key.name();
      }
    }
    return Optional.ofNullable(name);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared by content alone, in constant time.
  private record Key(String name, byte[] hash) {}
}
