package dev.groqchat.domain.trimming;

import dev.groqchat.domain.conversation.Message;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes messages and transcripts, by chance where a seed is given. */
public final class Talk {
  private static final Encoding ENCODING = new Encoding("o200k_base", true);

  private Talk() {}

  public static CountedMessage user(String text, int tokens) {
    return counted(Message.user(text), tokens);
  }

  public static CountedMessage assistant(String text, int tokens) {
    return counted(Message.assistant(text), tokens);
  }

  public static CountedMessage counted(Message message, int tokens) {
    return new CountedMessage(message, new TokenCount(tokens, ENCODING));
  }

  /** Users' and assistants' messages in no order, all of them different. */
  static List<CountedMessage> transcript(Random random) {
    return IntStream.range(0, random.nextInt(40))
        .mapToObj(n ->
            random.nextBoolean()
                ? user("u" + n, random.nextInt(200))
                : assistant("a" + n, random.nextInt(200)))
        .toList();
  }

  /** Whole exchanges of two messages and more, all of them different. */
  static List<Exchange> exchanges(Random random) {
    return IntStream.range(0, random.nextInt(40))
        .mapToObj(n ->
            new Exchange(
                Stream.of(
                        List.of(user("q" + n, random.nextInt(200))),
                        transcript(random),
                        List.of(assistant("a" + n, random.nextInt(200))))
                    .flatMap(List::stream)
                    .toList()))
        .toList();
  }
}
