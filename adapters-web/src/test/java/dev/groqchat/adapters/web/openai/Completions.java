package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Wire;

/** What clients of the OpenAI-compatible API send. */
final class Completions {
  static final String PATH = "/openai/v1/chat/completions";

  private Completions() {}

  static String body(String message, String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]" + more + "}";
  }

  static Answer whole(Site site, String message, String... headers) {
    return site.post(PATH, body(message, ""), headers);
  }

  static Answer stream(Site site, String message, String... headers) {
    return site.post(PATH, body(message, ",\"stream\":true"), headers);
  }

  /** Asks over a connection of its own. */
  static Wire ask(Site site, String message, boolean stream) {
    return site.connect().post(PATH, body(message, ",\"stream\":" + stream));
  }
}
