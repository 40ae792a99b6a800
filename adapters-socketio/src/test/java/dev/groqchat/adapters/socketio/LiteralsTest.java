package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
  private static final String DIGITS = "9".repeat(100_000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42[\"user_message\",@]",
        "42[\"user_message\",{\"message\":@}]",
        "42[\"a\\\"\",@]",
        "42[\"a\\\\\",@]",
        "42['a\"',@]",
        "42[x',@]",
        "42[x', @]",
        "42[it's,@,it's]",
        "42[\n@]",
        "42[  @]",
        "42[-@]",
        "42[0.@]",
        "42[1e@]",
        "40{\"token\":@}",
        "42@",
        "4@",
        "@",
      })
  void aNumberWithoutEndIsNotRead(String packet) {
    String text = packet.replace("@", DIGITS);

    assertThat(Literals.areShort(text)).isFalse();
    assertThatThrownBy(() -> Packets.decode(text)).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2[\"user_message\",{\"session_id\":\"s\",\"message\":\"@\"}]",
        "2[\"user_message\",{\"session_id\":\"s\",\"message\":\"\\\"@\\\\\"}]",
        "2[\"user_message\",{\"session_id\":\"s\",\"message\":'\"@'}]",
        "2[\"user_message\",{\"@\":123456789012345678901234567890}]",
      })
  void aTextMayHoldAsManyDigitsAsItLikes(String packet) {
    String text = packet.replace("@", DIGITS);

    assertThat(Literals.areShort(text)).isTrue();
    assertThat(Packets.decode(text).data).hasToString(Packets.decode(text).data.toString());
  }

  @Test
  void aTextThatDoesNotEndIsNoTrouble() {
    assertThat(Literals.areShort("[\"abc")).isTrue();
    assertThat(Literals.areShort("[\"abc\\")).isTrue();
    assertThat(Literals.areShort("")).isTrue();
  }

  @Test
  void aHundredCharactersAreTheMost() {
    assertThat(Literals.areShort("[" + "1".repeat(100) + "]")).isTrue();
    assertThat(Literals.areShort("[" + "1".repeat(101) + "]")).isFalse();
  }
}
