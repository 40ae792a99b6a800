package dev.groqchat.bootstrap.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What waits to be exported is bounded, and what cannot be is spoken of once. */
@ExtendWith(OutputCaptureExtension.class)
class TraceBoundsTest {
  private static final TracesProperties ALL =
      new TracesProperties("http://localhost:4318", "", "groqchat", 1);

  @Test
  void spansBeyondThoseThatWaitAreDroppedAndNobodyWaitsForTheReceiver() throws Exception {
    Stuck stuck = new Stuck();
    try (Traces traces = new Traces(ALL, stuck)) {
      // Until its thread is stuck, it may take spans out as quickly as they come.
      while (stuck.entered.getCount() > 0) {
        traces.tracer().spanBuilder("first").startSpan().end();
      }
      for (int i = 0; i < 10 * Traces.MOST_WAITING; i++) {
        traces.tracer().spanBuilder("many").startSpan().end();
      }
      stuck.go.countDown();
    }

    assertThat(stuck.seen.stream().filter("many"::equals).count())
        .isPositive()
        .isLessThanOrEqualTo(2L * Traces.MOST_WAITING);
  }

  @Test
  void aReceiverThatIsAwayIsSpokenOfOnceUntilItIsBack(CapturedOutput log) {
    Deque<CompletableResultCode> results =
        new ArrayDeque<>(
            List.of(
                CompletableResultCode.ofSuccess(),
                CompletableResultCode.ofFailure(),
                CompletableResultCode.ofFailure(),
                CompletableResultCode.ofSuccess(),
                CompletableResultCode.ofSuccess(),
                CompletableResultCode.ofFailure()));
    AtomicInteger closed = new AtomicInteger();
    Delivery delivery = new Delivery(new Scripted(results, closed));

    List<Boolean> said = new ArrayList<>();
    while (!results.isEmpty()) {
      said.add(delivery.export(List.of()).isSuccess());
    }
    var _ = delivery.flush();
    var _ = delivery.shutdown();

    assertThat(said).containsExactly(true, false, false, true, true, false);
    assertThat(log.getOut().lines().map(TraceBoundsTest::words).filter(it -> !it.isEmpty()))
        .containsExactly("cannot", "again", "cannot");
    assertThat(closed).hasValue(2);
  }

  private static String words(String line) {
    return line.contains("traces cannot be delivered")
        ? "cannot"
        : line.contains("traces are delivered again") ? "again" : "";
  }

  /** Takes spans, but is not done with them until it may go on. */
  private static final class Stuck implements SpanExporter {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      spans.forEach(it -> seen.add(it.getName()));
      entered.countDown();
      try {
        go.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  /** Says one result after the other. */
  private record Scripted(Deque<CompletableResultCode> results, AtomicInteger closed)
      implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return results.removeFirst();
    }

    @Override
    public CompletableResultCode flush() {
      closed.incrementAndGet();
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      closed.incrementAndGet();
      return CompletableResultCode.ofSuccess();
    }
  }
}
