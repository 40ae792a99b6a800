package dev.groqchat.adapters.web.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.stream.Frames;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What clients without a cursor see of a journal that has let go of events. */
class ClassicDialectTest {
  private final Frames frames = new Frames(new JsonMapper());

  static List<ClassicDialect> all() {
    return List.of(new RawDialect(), new ContentDialect(), new EventsDialect("r"));
  }

  @Test
  void ofAGapOnlyWhatIsNewIsTold() {
    ClassicDialect raw = new RawDialect();

    tell(raw, new TurnEvent.Delta("one "));
    tell(raw, new TurnEvent.Gap("one two "));
    tell(raw, new TurnEvent.Delta("three"));

    assertThat(frames).hasToString("data: one \n\ndata: two \n\ndata: three\n\n");
  }

  @ParameterizedTest
  @MethodSource("all")
  void ofAGapWithNothingNewNothingIsTold(ClassicDialect dialect) {
    tell(dialect, new TurnEvent.Delta("one"));
    String before = frames.toString();

    tell(dialect, new TurnEvent.Gap("one"));
    tell(dialect, new TurnEvent.Gap("on"));

    assertThat(frames).hasToString(before);
  }

  @ParameterizedTest
  @MethodSource("all")
  void anEndThatCannotBeSeenIsAnError(ClassicDialect dialect) {
    dialect.lost(new Failure.ReplyCut(), frames);

    assertThat(frames.toString())
        .contains("error")
        .contains("the reply broke off before its end")
        .doesNotContain("[DONE]");
  }

  private void tell(ClassicDialect dialect, TurnEvent event) {
    dialect.frame(new NumberedEvent(1, event), frames);
  }
}
