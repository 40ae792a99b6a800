package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.settings.WebProperties;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class ClientsTest {
  private final Clients clients =
      new Clients(
          new WebProperties(
              null,
              null,
              DataSize.ofMegabytes(1),
              List.of(),
              List.of("10.0.0.0/8"),
              Duration.ofSeconds(15),
              Duration.ofSeconds(60),
              Duration.ofMinutes(2)));

  private static MockHttpServletRequest from(String peer, String... forwardedFor) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(peer);
    for (String value : forwardedFor) {
      request.addHeader("X-Forwarded-For", value);
    }
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 1.1.1.1, 203.0.113.9",
    "10.0.0.1, 203.0.113.9, 203.0.113.9",
    "10.0.0.1, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:db8:1:2::7, 1.1.1.1, 2001:db8:1:2::/64",
    "2001:db8:1:2::7%3, 1.1.1.1, 2001:db8:1:2::/64",
  })
  void areNamedByWhereTheyComeFrom(String peer, String told, String client) {
    assertThat(clients.of(from(peer, told))).isEqualTo(client);
  }

  @Test
  void allHeadersCount() {
    assertThat(clients.of(from("10.0.0.1", "203.0.113.9", "10.0.0.2"))).isEqualTo("203.0.113.9");
  }

  @Test
  void otherHeadersDoNot() {
    MockHttpServletRequest request = from("10.0.0.1");
    request.addHeader("Forwarded", "for=203.0.113.9");
    request.addHeader("X-Real-IP", "203.0.113.9");

    assertThat(clients.of(request)).isEqualTo("10.0.0.1");
  }

  @Test
  void aPeerWithoutAnAddressIsCalledAsTheContainerCallsIt() {
    assertThat(clients.of(from("", "1.1.1.1"))).isEmpty();
  }
}
