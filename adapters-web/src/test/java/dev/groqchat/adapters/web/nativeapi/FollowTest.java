package dev.groqchat.adapters.web.nativeapi;

import static dev.groqchat.adapters.web.nativeapi.Api.STREAM;
import static dev.groqchat.adapters.web.nativeapi.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Event;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Following turns over the native API, from any event. */
@OverHttp
class FollowTest {
  private final Site site;

  FollowTest(Site site) {
    this.site = site;
  }

  /** A turn of five events. */
  private Answer turn() {
    String message = site.asking(Script.answers("one", "two", "three"));
    return Api.say(site, site.name("conversation"), message, STREAM);
  }

  @Test
  void everythingIsToldAgain() {
    Answer turn = turn();

    Answer again = site.get(Api.path(turn) + "/events");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(again.header("X-Turn-ID")).isEqualTo(turn.header("X-Turn-ID"));
    assertThat(again.frames()).isEqualTo(turn.frames());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, 1",
        "0, -, 1",
        "3, -, 4",
        "-, 3, 4",
        "-, 0, 1",
        "2, 4, 3",
        "0, 4, 1",
        "'', 4, 1"
      })
  void theCursorIsTheLastEventThatIsKnown(String after, String lastEventId, int first) {
    String path = Api.path(turn()) + "/events" + (after == null ? "" : "?after=" + after);

    Answer rest =
        lastEventId == null ? site.get(path) : site.get(path, "Last-Event-ID: " + lastEventId);

    assertThat(rest.events().getFirst().id()).isEqualTo(String.valueOf(first));
    assertThat(rest.events().getLast().id()).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "6", "99999999999"})
  void atTheEndOfAnEndedTurnThereIsNothing(String after) {
    Answer rest = site.get(Api.path(turn()) + "/events?after=" + after);

    assertThat(rest.status()).isEqualTo(200);
    assertThat(rest.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(rest.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "99999999999999999999", "1e3"})
  void nonsenseIsRefused(String cursor) {
    String path = Api.path(turn()) + "/events";

    assertProblem(
        site.get(path + "?after=" + cursor),
        400,
        "validation-error",
        "after must be the number of an event, or 0");
    assertProblem(
        site.get(path, "Last-Event-ID: " + cursor),
        400,
        "validation-error",
        "Last-Event-ID must be the number of an event, or 0");
  }

  @Test
  void aFailedTurnIsToldAsItWas() {
    Answer failed =
        Api.say(
            site,
            site.name("conversation"),
            site.asking(Script.refuses(new Failure.ModelRefused())),
            STREAM);

    Answer told = site.get(Api.path(failed) + "/events");

    assertThat(failed.status()).isEqualTo(502);
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.eventNames()).containsExactly("failed");
    assertThat(told.events().getFirst().data().get("retryable").booleanValue()).isFalse();
  }

  @Test
  void aJournalThatIsGoneIsAGapWithTheWholeText() {
    Answer turn = turn();
    site.fakes().journal().forget(TurnId.parse(turn.header("X-Turn-ID")));

    Answer told = site.get(Api.path(turn) + "/events?after=1");

    assertThat(told.eventNames()).containsExactly("gap", "finished");
    Event gap = told.events().getFirst();
    assertThat(gap.id()).isEqualTo("4");
    assertThat(gap.data().toString()).isEqualTo("{\"seq\":4,\"text\":\"onetwothree\"}");
    assertThat(told.events().getLast().id()).isEqualTo("5");
    assertThat(site.get(Api.path(turn) + "/events?after=4").eventNames())
        .containsExactly("finished");
    assertThat(site.get(Api.path(turn) + "/events?after=5").body()).isEmpty();
  }

  @Test
  void manyFollowLive() {
    String conversation = site.name("conversation");
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("one").waits(gate).says("two").ends());
    try (var first = site.connect().post(Api.turns(conversation), Api.message(message), STREAM);
        var second = site.connect()) {
      first.readTo("one");
      String events = Api.turns(conversation) + "/" + site.turnAsking(message).id() + "/events";
      second.send("GET " + events + "?after=1 HTTP/1.1\nHost: x", "");
      second.readTo("id: 2\nevent: delta\ndata: {\"seq\":2,\"text\":\"one\"}");

      gate.open();

      second.readTo("id: 3\nevent: delta\ndata: {\"seq\":3,\"text\":\"two\"}");
      second.readTo("id: 4\nevent: finished");
      first.readTo("id: 4\nevent: finished");
    }
  }

  @Test
  void aHeadDoesNotFollow() {
    String conversation = site.name("conversation");
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("one").waits(gate).ends());
    try (var running = site.connect().post(Api.turns(conversation), Api.message(message), STREAM)) {
      running.readTo("one");
      String turn = Api.turns(conversation) + "/" + site.turnAsking(message).id();

      Answer head = site.call("HEAD", turn + "/events");

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
      assertThat(head.header("X-Turn-ID")).isNotEmpty();
      assertThat(site.call("HEAD", turn.substring(0, turn.length() - 1) + "x/events").status())
          .isEqualTo(404);
      gate.open();
      running.readTo("event: finished");
    }
  }
}
