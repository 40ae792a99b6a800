package dev.groqchat.adapters.web.classic;

import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.domain.conversation.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.stream.Stream;

/** One side's text. */
@Schema(name = "Message")
public record MessageJson(String role, String content) {
  /** The two messages of a turn. */
  public static Stream<MessageJson> pair(ReadTurn.View view) {
    return Stream.of(
        new MessageJson(Role.USER.word(), view.turn().question().message().text()),
        new MessageJson(Role.ASSISTANT.word(), view.text()));
  }
}
