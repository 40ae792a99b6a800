package dev.groqchat.domain.trimming;

import dev.groqchat.bench.pieces.Piece;
import dev.groqchat.domain.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Choosing what the model sees of a conversation of 2,000 messages: the newer half of it. */
public class TrimmingBenchmark extends Piece {
  private static final int EXCHANGES = 1_000;
  private static final int KEPT = EXCHANGES / 2;
  private static final int TOKENS = 60;
  private static final TokenBudget ROOM =
      new TokenBudget(2L * KEPT * (TOKENS + CountedMessage.OVERHEAD));

  private final TrimmingPolicy policy =
      TrimmingPolicy.newest(EXCHANGES).then(TrimmingPolicy.within(ROOM));
  private final List<CountedMessage> transcript = new ArrayList<>();
  private List<Exchange> exchanges = List.of();

  @Setup
  public void talk() {
    TokenCount size = new TokenCount(TOKENS, new Encoding("o200k_base", true));
    for (int i = 0; i < EXCHANGES; i++) {
      transcript.add(new CountedMessage(Message.user("question " + i), size));
      transcript.add(new CountedMessage(Message.assistant("answer " + i), size));
    }
    exchanges = Exchange.split(transcript);
    require(EXCHANGES, exchanges.size());
    for (List<Exchange> kept : List.of(ofATurn(), ofATranscript())) {
      require(KEPT, kept.size());
      require(exchanges.get(EXCHANGES - KEPT), kept.getFirst());
      require(exchanges.getLast(), kept.getLast());
    }
  }

  /** The stored history, which is exchanges already. */
  @Benchmark
  public List<Exchange> ofATurn() {
    return policy.trim(exchanges);
  }

  /** What a client brought, which is cut into exchanges first. */
  @Benchmark
  public List<Exchange> ofATranscript() {
    return policy.trim(Exchange.split(transcript));
  }
}
