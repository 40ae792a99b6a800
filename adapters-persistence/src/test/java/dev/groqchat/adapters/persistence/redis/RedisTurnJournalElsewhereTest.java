package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.fixtures.TurnJournalContract;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Written on one instance, followed on another. */
class RedisTurnJournalElsewhereTest implements TurnJournalContract.Bounded {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final List<JournalInstance> instances = new ArrayList<>();
  private final TurnJournal journal = journalKeeping(100_000);

  @Override
  public TurnJournal journal() {
    return journal;
  }

  @Override
  public final TurnJournal journalKeeping(int events) {
    return new Apart(started(events).journal(), started(events).journal());
  }

  private JournalInstance started(int events) {
    JournalInstance instance = JournalInstance.of(REDIS.url(), JournalPace.DEFAULT, events, 1_000);
    instances.add(instance);
    return instance;
  }

  @AfterEach
  void close() {
    instances.forEach(JournalInstance::close);
  }

  /** What was appended to the one has come to the other when it returns. */
  private record Apart(RedisTurnJournal writer, RedisTurnJournal reader) implements TurnJournal {
    @Override
    public void open(TurnId turn) {
      writer.open(turn);
    }

    @Override
    public long append(TurnId turn, List<TurnEvent> events) {
      long last = writer.append(turn, events);
      writer.settle(turn);
      reader.settle(turn);
      return last;
    }

    @Override
    public Optional<Following> follow(TurnId turn, long after) {
      return reader.follow(turn, after);
    }

    @Override
    public Optional<Progress> progress(TurnId turn) {
      return reader.progress(turn);
    }

    @Override
    public boolean followedElsewhere(TurnId turn) {
      return writer.followedElsewhere(turn);
    }
  }
}
