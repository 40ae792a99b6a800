package dev.groqchat.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The upstream and the load, face to face. */
class LoadTest {
  private Upstream upstream;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    upstream = new Upstream(0);
    thread = Thread.ofPlatform().start(this::run);
  }

  private void run() {
    try {
      upstream.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() throws Exception {
    upstream.stop();
    thread.join();
    upstream.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "OPENAI_JSON"})
  void soundAnswersAreCountedTokenByToken(Surface surface) throws Exception {
    Recording seen;
    try (Load load = Load.start(Plan.streams(surface, 4, 50, 1000), upstream.port())) {
      await(load, 20);
      load.stop(Duration.ofSeconds(20));
      seen = load.take();
      assertThat(load.told()).isEmpty();
    }
    assertThat(seen.answers()).isGreaterThanOrEqualTo(20);
    assertThat(seen.tokens()).isEqualTo(50 * seen.answers());
  }

  @ParameterizedTest
  @CsvSource({
    "WRONG, token 25 of 50 is wrong",
    "MISSING, token 25 of 50 is wrong",
    "TWICE, token 26 of 50 is wrong",
    "CUT, the connection was closed",
    "ERROR, an error came",
    "SHORT, ended as whole after 25 of 50 tokens"
  })
  void plantedMistakesAreFound(Pace.Fault fault, String said) throws Exception {
    Plan plan = Plan.streams(Surface.OPENAI, 2, 50, 1000).with(fault);
    try (Load load = Load.start(plan, upstream.port())) {
      await(load, 4);
      load.stop(Duration.ofSeconds(20));
      assertThat(load.faults()).isEqualTo(load.answered());
      assertThat(load.told()).allSatisfy(it -> assertThat(it).contains(said));
    }
  }

  @Test
  void answersThatDoNotComeAreMistakes() throws Exception {
    try (Load load = Load.start(Plan.streams(Surface.OPENAI, 1, 100, 1), upstream.port())) {
      while (load.take().tokens() == 0) {
        Thread.onSpinWait();
      }
      load.stop(Duration.ofMillis(1));
      assertThat(load.told()).singleElement().asString().contains("1 answers did not come");
    }
  }

  private static void await(Load load, int answers) {
    while (load.answered() < answers) {
      Thread.onSpinWait();
    }
  }
}
