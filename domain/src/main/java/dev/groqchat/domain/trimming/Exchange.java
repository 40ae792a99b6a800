package dev.groqchat.domain.trimming;

import dev.groqchat.domain.conversation.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user said and what was answered: the unit that the model sees or does not see. Begins with
 * a user's message and ends with an assistant's; a transcript that a client brought may have
 * several of each.
 */
public record Exchange(List<CountedMessage> messages) {
  public Exchange {
    messages = List.copyOf(messages);
    if (messages.size() < 2
        || messages.getFirst().message().role() != Role.USER
        || messages.getLast().message().role() != Role.ASSISTANT) {
      throw new IllegalArgumentException(
          "an exchange begins with a user's message and ends with an answer");
    }
  }

  public static Exchange of(CountedMessage question, CountedMessage answer) {
    return new Exchange(List.of(question, answer));
  }

  /** What it takes of the model's window, in tokens. */
  public long cost() {
    return messages.stream().mapToLong(CountedMessage::cost).sum();
  }

  /**
   * Cuts a transcript into exchanges, oldest first. Answers before the first question belong to
   * none and are left out; questions after the last answer are {@link #unanswered}.
   */
  public static List<Exchange> split(List<CountedMessage> transcript) {
    List<Exchange> exchanges = new ArrayList<>();
    int begin = 0;
    for (int end = 1; end <= transcript.size(); end++) {
      boolean answered = role(transcript, end - 1) == Role.ASSISTANT;
      boolean nextAsks = end == transcript.size() || role(transcript, end) == Role.USER;
      if (answered && nextAsks) {
        if (role(transcript, begin) == Role.USER) {
          exchanges.add(new Exchange(transcript.subList(begin, end)));
        }
        begin = end;
      }
    }
    return exchanges;
  }

  /** The user's messages at a transcript's end that nobody has answered yet. */
  public static List<CountedMessage> unanswered(List<CountedMessage> transcript) {
    int begin = transcript.size();
    while (begin > 0 && role(transcript, begin - 1) == Role.USER) {
      begin--;
    }
    return List.copyOf(transcript.subList(begin, transcript.size()));
  }

  private static Role role(List<CountedMessage> transcript, int index) {
    return transcript.get(index).message().role();
  }
}
