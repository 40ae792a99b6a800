package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyStream.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * What is held of a reply, and how much that is: in chars, where each part is {@link #PART} more
 * than its text. Not thread-safe.
 */
final class Backlog {
  /** What a part takes beside its text: many small ones are a lot, too. */
  private static final long PART = 64;

  private final List<Part> parts = new ArrayList<>();
  private Mark first = Mark.BEGINNING;
  private Mark end = Mark.BEGINNING;

  /** A place in a reply: after so many parts, which weigh so much. */
  record Mark(long parts, long weight) {
    static final Mark BEGINNING = new Mark(0, 0);

    /** The place after some more. */
    Mark past(List<Part> more) {
      return new Mark(parts + more.size(), weight + more.stream().mapToLong(Mark::weight).sum());
    }

    private static long weight(Part part) {
      return PART
          + switch (part) {
            case Part.Reasoning(String text) -> text.length();
            case Part.Text(String text) -> text.length();
            case Part.Verbatim(String words) -> words.length();
            case Part.End _ -> 0;
          };
    }
  }

  void add(List<Part> fresh) {
    parts.addAll(fresh);
    end = end.past(fresh);
  }

  /** Where the reply is by now. */
  Mark end() {
    return end;
  }

  /** How much is held. */
  long weight() {
    return end.weight() - first.weight();
  }

  /** The next parts, at most so many; none where there are no more. */
  List<Part> after(Mark mark, int most) {
    int from = index(mark);
    return List.copyOf(parts.subList(from, Math.min(from + most, parts.size())));
  }

  /** All that is held. */
  List<Part> all() {
    return List.copyOf(parts);
  }

  /** Holds nothing from before that any more. */
  void forgetBefore(Mark mark) {
    parts.subList(0, index(mark)).clear();
    first = mark;
  }

  private int index(Mark mark) {
    return Math.toIntExact(mark.parts() - first.parts());
  }
}
