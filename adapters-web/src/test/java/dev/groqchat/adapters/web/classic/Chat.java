package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Site;

/** What classic clients send. */
final class Chat {
  private Chat() {}

  static String messages(String content) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
  }

  static String prompt(String prompt) {
    return "{\"prompt\":\"" + prompt + "\"}";
  }

  static String whole(String content) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}],\"stream\":false}";
  }

  /** Says something in a session, and gives the whole reply. */
  static String say(Site site, String session, String content) {
    Answer answer = site.post("/chat", whole(content), "X-Session-ID: " + session);
    return answer.json().get("response").stringValue();
  }
}
