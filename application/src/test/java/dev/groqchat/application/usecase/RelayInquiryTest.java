package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is held of a question, which may have many megabytes. */
class RelayInquiryTest {
  private final List<WeakReference<String>> texts = new ArrayList<>();

  @Test
  void theTextIsLetGoOnceItIsCountedAndTheWordsOnceAModelAnswers() {
    // Longer than what is counted of it: the counter of the tests remembers that.
    RelayInquiry inquiry = inquiry("x".repeat((1 << 20) + 1), "{}".repeat(10));

    assertThat(inquiry.cost()).isPositive();
    awaitGone(texts.getFirst());
    assertThat(inquiry.wording(FakeCatalog.DEFAULT, 100).cost()).isEqualTo(inquiry.cost());

    inquiry.begun();
    awaitGone(texts.getLast());
    assertThat(inquiry.prompt(FakeCatalog.ESTIMATED)).isPositive();
  }

  private static void awaitGone(WeakReference<String> text) {
    World.await(
        () -> {
          System.gc();
          return text.get() == null;
        },
        "it is held");
  }

  private RelayInquiry inquiry(String readable, String words) {
    texts.add(new WeakReference<>(readable));
    texts.add(new WeakReference<>(words));
    return new RelayInquiry(
        World.ALICE,
        new Verbatim(null, words, readable, 1, true, false),
        "an id",
        Fakes.fresh().ports(),
        World.settings(List.of(FakeCatalog.ESTIMATED), Duration.ofSeconds(30), 2));
  }
}
