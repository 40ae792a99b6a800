package dev.groqchat.adapters.web.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.catalina.util.NetMask;

/**
 * The proxies whose word on where a request comes from is taken. Anybody can write an
 * X-Forwarded-For header: of a chain of hops, each is as good as the one that has told of it.
 * Thread-safe.
 *
 * <p>The Forwarded header (RFC 7239) is not looked at: a proxy that writes one of the two passes
 * the other one on as a stranger wrote it.
 */
public final class TrustedProxies {
  private static final Pattern ENTRY = Pattern.compile("([^/]+)(?:/[0-9]{1,3})?");

  private final List<NetMask> blocks;

  private TrustedProxies(List<NetMask> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Reads addresses and blocks of them: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, {@code
   * 192.0.2.1}.
   *
   * @throws IllegalArgumentException that says which entry is neither, by its number
   */
  public static TrustedProxies of(List<String> entries) {
    List<NetMask> blocks = new ArrayList<>();
    for (int index = 0; index < entries.size(); index++) {
      int number = index + 1;
      blocks.add(
          block(entries.get(index).strip())
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "entry " + number + " is neither an address nor a block like 10.0.0.0/8")));
    }
    return new TrustedProxies(blocks);
  }

  private static Optional<NetMask> block(String entry) {
    var parts = ENTRY.matcher(entry);
    // Looked at first: a name would be looked up.
    if (!parts.matches() || Addresses.literal(parts.group(1)).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NetMask(entry));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether an address is one of these proxies'. */
  public boolean trust(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.matches(address));
  }

  /**
   * Where a request comes from: the last hop that is none of these proxies, as far as these proxies
   * tell. A hop that cannot be read ends the chain: then the proxy that told of it stands for all
   * that is behind it.
   *
   * @param peer who has opened the connection
   * @param forwardedFor the values of all X-Forwarded-For headers, in order
   */
  public InetAddress client(InetAddress peer, List<String> forwardedFor) {
    InetAddress client = peer;
    for (String hop : hops(forwardedFor).reversed()) {
      Optional<InetAddress> before = trust(client) ? Addresses.hop(hop) : Optional.empty();
      if (before.isEmpty()) {
        return client;
      }
      client = before.get();
    }
    return client;
  }

  /** An empty element of a list is none (RFC 9110, section 5.6.1.2). */
  private static List<String> hops(List<String> values) {
    return values.stream()
        .flatMap(value -> Pattern.compile(",").splitAsStream(value))
        .map(String::strip)
        .filter(hop -> !hop.isEmpty())
        .toList();
  }
}
