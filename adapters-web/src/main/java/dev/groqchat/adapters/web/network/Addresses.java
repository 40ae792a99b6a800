package dev.groqchat.adapters.web.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes IP addresses. Never asks a name server: what comes in is a stranger's word. */
public final class Addresses {
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

  /** {@code [2001:db8::1]:443}; the port may be missing. */
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)](?::[0-9]{1,5})?");

  /** {@code 192.0.2.1:443}. */
  private static final Pattern V4_WITH_PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");

  /** An interface of the machine that saw the address: it tells nothing of whose it is. */
  private static final Pattern ZONE = Pattern.compile("%[^%\\[\\]]+$");

  /** The half of an IPv6 address that its network is known by (RFC 4291, section 2.5.1). */
  private static final int NETWORK_BYTES = 8;

  private Addresses() {}

  /**
   * An address as text: IPv4 as four decimal numbers, or IPv6. An IPv4 address that is mapped into
   * IPv6 is the IPv4 address.
   *
   * @return empty if it is none
   */
  public static Optional<InetAddress> literal(String text) {
    String plain = ZONE.matcher(text).replaceFirst("");
    if (!V4.matcher(plain).matches() && !V6.matcher(plain).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(plain));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * An address as a proxy writes it: it may have a port, and then an IPv6 address has brackets.
   *
   * @return empty if it is none
   */
  static Optional<InetAddress> hop(String text) {
    Matcher brackets = BRACKETS.matcher(text);
    if (brackets.matches()) {
      return literal(brackets.group(1)).filter(Inet6Address.class::isInstance);
    }
    Matcher port = V4_WITH_PORT.matcher(text);
    return literal(port.matches() ? port.group(1) : text);
  }

  /**
   * What limits go by: an IPv4 address, or the network of an IPv6 address as its first 64 bits. One
   * host has all 2^64 addresses of such a network to itself: counted one by one, it could have as
   * many shares as it likes. All of a link's own addresses ({@code fe80::}) are therefore one.
   */
  public static String counted(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    StringBuilder network = new StringBuilder();
    for (int index = 0; index < NETWORK_BYTES; index += 2) {
      String group = HexFormat.of().formatHex(bytes, index, index + 2);
      network.append(Integer.toHexString(HexFormat.fromHexDigits(group))).append(':');
    }
    return network.append(":/64").toString();
  }
}
