package dev.groqchat.simulator;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a stream looks like.
 *
 * @param garbageAfter a frame that is not JSON after so many tokens
 * @param longLine the first token's frame is padded to this many bytes
 */
record Looks(Set<Quirk> quirks, OptionalInt garbageAfter, int longLine) {
  static final int MAX_LINE = 64 * 1024 * 1024;
  static final Looks PLAIN = new Looks(Set.of(), OptionalInt.empty(), 0);

  Looks {
    quirks = Set.copyOf(quirks);
    if (longLine > MAX_LINE) throw new BadScript("long-line", "is over " + MAX_LINE);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk) || (quirk == Quirk.COMMENTS && quirks.contains(Quirk.OPENROUTER));
  }

  Looks with(Quirk quirk) {
    var more = EnumSet.of(quirk);
    more.addAll(quirks);
    return new Looks(more, garbageAfter, longLine);
  }

  Looks garbageAfter(int tokens) {
    return new Looks(quirks, OptionalInt.of(tokens), longLine);
  }

  Looks longLine(int bytes) {
    return new Looks(quirks, garbageAfter, bytes);
  }
}
