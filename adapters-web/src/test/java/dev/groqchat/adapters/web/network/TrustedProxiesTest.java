package dev.groqchat.adapters.web.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final String STRANGER = "203.0.113.9";

  private final TrustedProxies proxies =
      TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.1", "fd00::/8", "2001:db8::1"));

  private static String client(TrustedProxies proxies, String peer, String... forwardedFor) {
    InetAddress address = Addresses.literal(peer).orElseThrow();
    return proxies.client(address, List.of(forwardedFor)).getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 198.51.100.7              | 203.0.113.9  | a stranger's word does not count",
        "203.0.113.9 | 10.0.0.1, 192.0.2.1       | 203.0.113.9  | whatever it says",
        "192.0.2.2   | 198.51.100.7              | 192.0.2.2    | beside a single address is a stranger",
        "11.0.0.1    | 198.51.100.7              | 11.0.0.1     | beside a block is a stranger",
        "10.0.0.1    | 198.51.100.7              | 198.51.100.7 | a proxy's word does",
        "10.255.0.1  | 198.51.100.7              | 198.51.100.7 | that of any in the block",
        "192.0.2.1   | 198.51.100.7              | 198.51.100.7 | and of a single one",
        "fd00::7     | 2001:db8::2               | 2001:db8:0:0:0:0:0:2 | of IPv6, too",
        "2001:db8::1 | 198.51.100.7              | 198.51.100.7 | families may be mixed",
        "2001:db8::2 | 198.51.100.7              | 2001:db8:0:0:0:0:0:2 | with strangers in both",
        "::ffff:10.0.0.1 | 198.51.100.7          | 198.51.100.7 | mapped or not",
        "10.0.0.1    | ''                        | 10.0.0.1     | nothing said",
        "10.0.0.1    | 1.1.1.1, 198.51.100.7     | 198.51.100.7 | what the client said of itself does not",
        "10.0.0.1    | 1.1.1.1,198.51.100.7,10.9.9.9, 192.0.2.1 | 198.51.100.7 | through many proxies",
        "10.0.0.1    | 10.0.0.3, 10.0.0.2        | 10.0.0.3     | proxies all the way",
        "10.0.0.1    | 198.51.100.7:4711         | 198.51.100.7 | with a port",
        "10.0.0.1    | '1.1.1.1, [2001:db8::2]:4711, 10.0.0.2:80' | 2001:db8:0:0:0:0:0:2 | in brackets",
        "10.0.0.1    | 1.1.1.1, unknown          | 10.0.0.1     | a hop that hides",
        "10.0.0.1    | 1.1.1.1, nonsense, 10.0.0.2 | 10.0.0.2   | behind another proxy",
        "10.0.0.1    | '1.1.1.1 , 198.51.100.7 , ,' | 198.51.100.7 | blanks and empty elements",
        "10.0.0.1    | ',,,'                     | 10.0.0.1     | nothing but those",
      })
  void theLastHopThatIsNoProxyIsTheClient(String peer, String told, String client, String why) {
    assertThat(client(proxies, peer, told)).as(why).isEqualTo(client);
  }

  @Test
  void manyHeadersAreOneList() {
    assertThat(client(proxies, "10.0.0.1", "1.1.1.1", STRANGER + ", 10.0.0.3", "10.0.0.2"))
        .isEqualTo(STRANGER);
  }

  @Test
  void nobodyIsTrustedUnlessSaid() {
    TrustedProxies none = TrustedProxies.of(List.of());

    assertThat(client(none, "127.0.0.1", "1.1.1.1")).isEqualTo("127.0.0.1");
    assertThat(client(none, "::1", "1.1.1.1")).isEqualTo("0:0:0:0:0:0:0:1");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 198.51.100.7, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 198.51.100.7, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.255, true",
    "192.0.2.7/32, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.6, false",
    "2001:db8:8000::/33, 2001:db8:7fff::, false",
    "2001:db8:8000::/33, 2001:db8:8000::1, true",
    "2001:db8::1/128, 2001:db8::2, false",
  })
  void aBlockEndsWhereItsPrefixSays(String block, String peer, boolean trusted) {
    TrustedProxies one = TrustedProxies.of(List.of(block));

    assertThat(client(one, peer, STRANGER).equals(STRANGER)).isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "proxy.example",
        "proxy.example/24",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0/8",
        "10.0.0.0 /8",
        "::/129",
        "[::1]",
        "10.0.0.0-10.0.0.9",
        "*",
        "/8",
      })
  void whatIsNeitherAnAddressNorABlockIsRefused(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.of(List.of("10.0.0.1", entry)))
        .withMessage("entry 2 is neither an address nor a block like 10.0.0.0/8");
  }

  static Stream<Long> seeds() {
    return new Random(20260102).longs(200).boxed();
  }

  /** Whatever a stranger writes, it stays who it is: directly, and behind a proxy. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noForgeryHelps(long seed) {
    Random random = new Random(seed);
    List<String> forged = new ArrayList<>();
    for (int header = random.nextInt(4); header >= 0; header--) {
      forged.add(nonsense(random));
    }

    assertThat(client(proxies, STRANGER, forged.toArray(String[]::new))).isEqualTo(STRANGER);
    if (random.nextBoolean()) {
      forged.set(forged.size() - 1, forged.getLast() + "," + STRANGER);
    } else {
      forged.add(STRANGER);
    }
    assertThat(client(proxies, "10.0.0.1", forged.toArray(String[]::new))).isEqualTo(STRANGER);
  }

  private static String nonsense(Random random) {
    List<String> words =
        Arrays.asList(
            "1.1.1.1",
            "10.0.0.2",
            "::1",
            "[::1]:8",
            "192.0.2.1",
            ",",
            ":",
            "[",
            "]",
            "%",
            "\"",
            "for=",
            ";",
            " ",
            "\t",
            "unknown",
            "_x",
            "999",
            "\u0661",
            "-",
            "/8",
            "");
    return random
        .ints(random.nextInt(12), 0, words.size())
        .mapToObj(words::get)
        .collect(Collectors.joining());
  }
}
