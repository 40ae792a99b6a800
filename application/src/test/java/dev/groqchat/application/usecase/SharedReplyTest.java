package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.turn.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much is held of a reply that is read more slowly than it could come. */
class SharedReplyTest {
  /** Of each piece, as it is weighed. */
  private static final int WEIGHT = 64 + 8;

  private static final int LEAD = SharedReply.LEAD / WEIGHT;
  private static final int MOST = SharedReply.MOST / WEIGHT;

  private final List<Kept> kept = new ArrayList<>();
  private final AtomicInteger over = new AtomicInteger();

  @Test
  void theModelIsReadNoFasterThanTheReaderReads() throws Exception {
    FastModel model = new FastModel(10 * LEAD);
    try (ReplyStream reader = joined(shared(model))) {
      model.awaitRest();
      assertThat(model.given()).isBetween(LEAD, LEAD + 2);

      List<Part> first = reader.next();
      model.awaitGiven(LEAD + first.size());
      model.awaitRest();
      assertThat(model.given()).isBetween(LEAD, LEAD + first.size() + 2);

      assertThat(rest(reader, first)).isEqualTo(model.all());
    }
    assertThat(kept).hasSize(1);
    assertThat(over).hasPositiveValue();
  }

  @Test
  void theQuickReaderIsNotHeldUpByTheSlow() throws Exception {
    FastModel model = new FastModel(10 * LEAD);
    SharedReply shared = shared(model);
    try (ReplyStream slow = joined(shared);
        ReplyStream quick = joined(shared)) {
      assertThat(rest(quick, List.of())).isEqualTo(model.all());
      assertThat(rest(slow, List.of())).isEqualTo(model.all());
    }
  }

  @Test
  void whoComesLateIsGivenALotInParts() throws Exception {
    FastModel model = new FastModel(LEAD);
    SharedReply shared = shared(model);
    try (ReplyStream first = joined(shared)) {
      assertThat(rest(first, List.of())).hasSize(LEAD + 1);
      try (ReplyStream late = joined(shared)) {
        assertThat(late.next()).hasSize(SharedReply.BATCH);
      }
    }
  }

  @Test
  void ofATooLongReplyNothingIsHeldThatEverybodyHas() throws Exception {
    FastModel model = new FastModel(3 * MOST);
    SharedReply shared = shared(model);
    try (ReplyStream reader = joined(shared)) {
      List<Part> read = read(reader, MOST + 1);
      assertThat(shared.join()).isNull();
      assertThat(over).hasPositiveValue();

      assertThat(rest(reader, read)).isEqualTo(model.all());
    }
    assertThat(kept).isEmpty();
  }

  @Test
  void whoIsFarBehindInATooLongReplyHoldsUpTheOthersUntilItLeaves() throws Exception {
    FastModel model = new FastModel(3 * MOST);
    SharedReply shared = shared(model);
    try (ReplyStream quick = joined(shared);
        ReplyStream slow = joined(shared);
        Background<List<Part>> reading = Background.run(() -> rest(quick, List.of()))) {
      model.awaitGiven(MOST);
      model.awaitRest();
      assertThat(model.given()).isBetween(MOST, MOST + 2);
      assertThat(reading.done()).isFalse();

      leave(slow);

      assertThat(reading.result()).isEqualTo(model.all());
    }
  }

  @Test
  void whoLeavesWhileNothingIsWantedLeavesTheModel() throws Exception {
    FastModel model = new FastModel(10 * LEAD);
    ReplyStream reader = joined(shared(model));
    model.awaitRest();

    leave(reader);

    assertThat(model.closed()).isTrue();
    World.await(model::hasEnded, "the thread goes on");
  }

  private static void leave(ReplyStream reader) {
    reader.close();
  }

  private SharedReply shared(ReplyStream model) {
    return new SharedReply(model, kept::add, over::incrementAndGet);
  }

  private static ReplyStream joined(SharedReply shared) {
    return Objects.requireNonNull(shared.join());
  }

  private static List<Part> read(ReplyStream reader, int most) throws InterruptedException {
    List<Part> all = new ArrayList<>();
    while (all.size() < most) {
      all.addAll(reader.next());
    }
    return all;
  }

  private static List<Part> rest(ReplyStream reader, List<Part> before)
      throws InterruptedException {
    List<Part> all = new ArrayList<>(before);
    while (all.isEmpty() || !(all.getLast() instanceof Part.End)) {
      all.addAll(reader.next());
    }
    return all;
  }

  /** Gives one piece after another, as fast as they are asked for. */
  private static final class FastModel implements ReplyStream {
    private final List<Part> all;
    private volatile int given;
    private volatile boolean closed;
    private volatile @Nullable Thread reader;

    FastModel(int pieces) {
      all =
          new ArrayList<>(
              IntStream.range(0, pieces)
                  .mapToObj(i -> (Part) new Part.Text("%8d".formatted(i)))
                  .toList());
      all.add(new Part.End(FinishReason.STOP, null));
    }

    List<Part> all() {
      return all;
    }

    int given() {
      return given;
    }

    boolean closed() {
      return closed;
    }

    void awaitGiven(int pieces) {
      World.await(() -> given >= pieces, "the model is not asked for more");
    }

    /** Until whoever reads does not any more, for now or for good. */
    void awaitRest() {
      World.await(
          () -> {
            Thread.State state = state();
            return state == Thread.State.WAITING || state == Thread.State.TERMINATED;
          },
          "the model is read on");
    }

    boolean hasEnded() {
      return state() == Thread.State.TERMINATED;
    }

    private Thread.State state() {
      Thread reading = reader;
      return reading == null ? Thread.State.NEW : reading.getState();
    }

    @Override
    public ModelId model() {
      return FakeCatalog.DEFAULT;
    }

    @Override
    public ProviderLimits limits() {
      return ProviderLimits.UNSAID;
    }

    @Override
    public List<Part> next() {
      reader = Thread.currentThread();
      int next = given;
      given = next + 1;
      return List.of(all.get(next));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
