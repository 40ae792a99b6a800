package dev.groqchat.adapters.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** The sender, over followings that do as they are told. */
class EventStreamsTest {
  private static final Duration SILENCE = Duration.ofMillis(900);

  private final AtomicBoolean draining = new AtomicBoolean();
  private final EventStreams streams = new EventStreams(new JsonMapper(), draining::get);
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final Told following = new Told();

  @Test
  void sendsEverythingToTheEndAndCloses() throws Exception {
    following.gives(delta(1, "a"), delta(2, "b")).gives(delta(3, "c")).ends();

    streams.sendNew(following, new Words(), response);

    assertThat(response.getContentAsString())
        .isEqualTo("data: hello\n\ndata: a\n\ndata: b\n\ndata: c\n\n");
    assertThat(response.getContentType()).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(following.closed).isTrue();
  }

  @Test
  void doesNotWaitLongerThanTheSilenceThatIsLeft() throws Exception {
    following.gives(delta(1, "a")).gives(thought(2), 500).gives(delta(3, "c")).ends();

    streams.sendNew(following, new Words(), response);

    // A thought that is not told is silence to the client.
    assertThat(following.patience.get(2)).isLessThan(Duration.ofMillis(450));
    assertThat(following.patience).allMatch(it -> it.compareTo(SILENCE) <= 0 && it.isPositive());
  }

  @Test
  void beatsWhileOnlyThoughtsCome() throws Exception {
    following.gives(delta(1, "a"));
    for (int thought = 2; thought < 12; thought++) {
      following.gives(thought(thought), 200);
    }
    following.gives(delta(12, "b")).ends();

    streams.sendNew(following, new Words(), response);

    assertThat(response.getContentAsString())
        .isEqualTo("data: hello\n\ndata: a\n\n: waiting\n\n: waiting\n\ndata: b\n\n");
  }

  @Test
  void beatsAtOnceIfThereIsNothingToTellYet() throws Exception {
    Told silent = new Told().gives(null, 950).gives(delta(1, "a")).ends();

    streams.send(silent, (event, out) -> out.text("x"), response);

    assertThat(response.getContentAsString()).isEqualTo(": waiting\n\ndata: x\n\n");
  }

  @Test
  void tellsOnceOfADrainAndGoesOn() throws Exception {
    draining.set(true);
    following.gives(delta(1, "a")).gives(delta(2, "b")).gives(delta(3, "c")).ends();

    streams.sendNew(following, new Words(), response);

    assertThat(response.getContentAsString())
        .isEqualTo("data: hello\n\ndata: a\n\ndata: b\n\nretry: 1500\n\ndata: c\n\n");
  }

  @Test
  void aFailureBeforeAnythingCouldBeToldIsThrown() {
    following.gives(thought(1)).gives(failed(2)).ends();

    assertThatThrownBy(() -> streams.sendNew(following, new Words(), response))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.ModelUnavailable()));

    assertThat(response.isCommitted()).isFalse();
    assertThat(following.closed).isTrue();
  }

  @Test
  void aFailureInTheSameBreathAsTheFirstWordIsTold() throws Exception {
    following.gives(delta(1, "a"), failed(2)).ends();

    streams.sendNew(following, new Words(), response);

    assertThat(response.getContentAsString())
        .isEqualTo("data: hello\n\ndata: a\n\ndata: failed\n\n");
  }

  @Test
  void aFollowerOfAFailedTurnIsToldSo() throws Exception {
    following.gives(failed(1)).ends();

    streams.send(following, new Words(), response);

    assertThat(response.getContentAsString()).isEqualTo("data: hello\n\ndata: failed\n\n");
  }

  @Test
  void nothingToTellIsAnEmptyStream() throws Exception {
    following.ends();

    streams.send(following, (event, out) -> out.text("x"), response);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.isCommitted()).isTrue();
    assertThat(response.getContentAsString()).isEmpty();
  }

  @Test
  void aJournalThatGoesAwayBeforeTheFirstByteIsThrown() {
    following.breaks(new ChatException(new Failure.StoreUnavailable(SILENCE)));

    assertThatThrownBy(() -> streams.send(following, new Words(), response))
        .isInstanceOf(ChatException.class);

    assertThat(response.isCommitted()).isFalse();
    assertThat(following.closed).isTrue();
  }

  @Test
  void aJournalThatGoesAwayInMidStreamIsTold() throws Exception {
    following
        .gives(delta(1, "a"))
        .breaks(new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1))));

    streams.sendNew(following, new Words(), response);

    assertThat(response.getContentAsString())
        .isEqualTo(
            """
            data: hello

            data: a

            data: lost: conversations cannot be reached for now; try again in 1 s

            """);
    assertThat(following.closed).isTrue();
  }

  @Test
  void aDefectInMidStreamTellsNothingOfItself() throws Exception {
    following.gives(delta(1, "a")).breaks(new IllegalStateException("secret"));

    streams.sendNew(following, new Words(), response);

    assertThat(response.getContentAsString()).contains("data: lost: ").doesNotContain("secret");
  }

  private static NumberedEvent delta(long seq, String text) {
    return new NumberedEvent(seq, new TurnEvent.Delta(text));
  }

  private static NumberedEvent thought(long seq) {
    return new NumberedEvent(seq, new TurnEvent.Reasoning("hm"));
  }

  private static NumberedEvent failed(long seq) {
    return new NumberedEvent(seq, new TurnEvent.Failed(new Failure.ModelUnavailable()));
  }

  /** A dialect with words for texts and failures. */
  private static final class Words implements Dialect {
    @Override
    public void drain(Frames out) {
      out.retry(Duration.ofMillis(1500));
    }

    @Override
    public void begin(Frames out) {
      out.text("hello");
    }

    @Override
    public void frame(NumberedEvent event, Frames out) {
      if (event.event() instanceof TurnEvent.Delta(String text)) {
        out.text(text);
      } else if (event.event() instanceof TurnEvent.Failed) {
        out.text("failed");
      }
    }

    @Override
    public void lost(Failure failure, Frames out) {
      out.text("lost: " + failure.detail());
    }
  }

  /** A following that gives what it was told to, after as long as it was told to. */
  private static final class Told implements Following {
    private final Queue<Callable<List<NumberedEvent>>> steps = new ArrayDeque<>();
    private final List<Duration> patience = new ArrayList<>();
    private boolean ends;
    private boolean closed;

    Told gives(NumberedEvent... events) {
      steps.add(() -> List.of(events));
      return this;
    }

    /** What takes time here takes it of the clock that the sender reads. */
    Told gives(@Nullable NumberedEvent event, int afterMillis) {
      steps.add(() -> {
        long until = System.nanoTime() + afterMillis * 1_000_000L;
        while (System.nanoTime() < until) {
          LockSupport.parkNanos(until - System.nanoTime());
        }
        return event == null ? List.of() : List.of(event);
      });
      return this;
    }

    Told breaks(RuntimeException failure) {
      steps.add(() -> {
        throw failure;
      });
      return this;
    }

    Told ends() {
      ends = true;
      return this;
    }

    @Override
    public List<NumberedEvent> next(Duration atMost) {
      patience.add(atMost);
      try {
        return steps.remove().call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public boolean ended() {
      return closed || (ends && steps.isEmpty());
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
