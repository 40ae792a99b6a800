package dev.groqchat.adapters.groq;

import dev.groqchat.bench.pieces.Piece;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Counting the tokens of one answer of 500. */
public class TokenCounterBenchmark extends Piece {
  private static final String PARAGRAPH =
      "A journal keeps the events of one turn, in order. Whoever follows it reads from any number"
          + " on: live while the model still answers, or ten minutes later. If 3 of 10,000 followers"
          + " are slow, nobody else waits for them; they get a gap with the whole text instead.\n\n"
          + "```java\nfor (var event : journal.after(42)) {\n  out.write(event.text());\n}\n```\n\n"
          + "Größere Mengen (über 1 GiB) gehören nicht in den Speicher.\n";

  private final JtokkitTokenCounter counter = new JtokkitTokenCounter();
  private String answer = "";

  @Setup
  public void write() {
    String all = PARAGRAPH.repeat(10);
    int end = all.length() / 10;
    while (counter.count(JtokkitTokenCounter.EXACT, all.substring(0, end)) < 500) {
      end++;
    }
    answer = all.substring(0, end);
    require(500, ofAnAnswer());
    require(600, counter.count(JtokkitTokenCounter.ESTIMATE, answer));
  }

  @Benchmark
  public int ofAnAnswer() {
    return counter.count(JtokkitTokenCounter.EXACT, answer);
  }
}
