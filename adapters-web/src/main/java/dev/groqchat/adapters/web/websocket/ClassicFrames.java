package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.classic.MessageJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the classic socket sends. */
final class ClassicFrames {
  /** The reply is whole. The earlier service sent a string, and so its clients look for one. */
  static final Done DONE = new Done("true");

  private ClassicFrames() {}

  static Typed<List<MessageJson>> chat(List<MessageJson> messages) {
    return new Typed<>("chat", messages);
  }

  static Refusal error(String text) {
    return new Refusal("error", null, text);
  }

  /** A piece of the reply. */
  record Token(String token) {}

  /** The end of the reply. */
  record Done(String done) {}

  /** A frame that says what it is. */
  record Typed<T>(String type, T content) {}

  /** Something went wrong; clients look at the content, too, which is written though it is null. */
  record Refusal(String type, @Nullable Void content, String error) {}
}
