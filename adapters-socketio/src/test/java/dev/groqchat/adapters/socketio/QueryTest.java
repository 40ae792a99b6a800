package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parameters of an address. */
class QueryTest {
  @Test
  void parametersAreDecodedAndTheFirstOfTwoCounts() {
    assertThat(Query.parse("a=b%20c&a=d&e&f=").parameters())
        .isEqualTo(Map.of("a", "b c", "e", "", "f", ""));
    assertThat(Query.parse(null).parameters()).isEmpty();
  }

  @Test
  void whatIsNotEncodedAsItMustBeIsRefused() {
    assertThatThrownBy(() -> Query.parse("a=%zz")).isInstanceOf(IllegalArgumentException.class);
  }
}
