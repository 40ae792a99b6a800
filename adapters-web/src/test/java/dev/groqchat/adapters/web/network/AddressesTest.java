package dev.groqchat.adapters.web.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::1, 0:0:0:0::/64",
    "::, 0:0:0:0::/64",
    "2001:db8::1, 2001:db8:0:0::/64",
    "2001:DB8:0:0:ffff::, 2001:db8:0:0::/64",
    "2001:db8:a:bcd:1:2:3:4, 2001:db8:a:bcd::/64",
    "2001:db8:a:bcd:ffff:ffff:ffff:ffff, 2001:db8:a:bcd::/64",
    "2001:db8:a:bce::, 2001:db8:a:bce::/64",
    "fe80::1%eth0, fe80:0:0:0::/64",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::ffff:c000:201, 192.0.2.1",
    "64:ff9b::192.0.2.1, 64:ff9b:0:0::/64",
  })
  void areCountedOneByOneOrByTheirNetwork(String text, String counted) {
    assertThat(Addresses.literal(text).map(Addresses::counted)).contains(counted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "proxy.example",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-4",
        "1.2.3.4 ",
        "0x7f.0.0.1",
        "2130706433",
        "1.2.3.4/8",
        "1.2.3.4%",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "::1.2.3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "[::1]",
        "::1%",
        "%eth0",
        "unknown",
        "_hidden",
        "١.٢.٣.٤",
      })
  void otherTextIsNone(String text) {
    assertThat(Addresses.literal(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:80, 192.0.2.1",
    "192.0.2.1:65535, 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1]:443, 2001:db8:0:0:0:0:0:1",
    "[fe80::1%eth0]:443, fe80:0:0:0:0:0:0:1",
  })
  void aHopMayHaveAPort(String hop, String address) {
    assertThat(Addresses.hop(hop).map(InetAddress::getHostAddress)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "192.0.2.1:",
        "192.0.2.1:123456",
        "192.0.2.1:http",
        "192.0.2.1:80:80",
        "[192.0.2.1]",
        "[192.0.2.1]:80",
        "[2001:db8::1",
        "2001:db8::1]",
        "[2001:db8::1]443",
        "[2001:db8::1]:",
        "[[2001:db8::1]]",
        "[]",
        "\"192.0.2.1\"",
        "for=192.0.2.1",
      })
  void aHopThatIsNoAddressIsNone(String hop) {
    assertThat(Addresses.hop(hop)).isEmpty();
  }
}
