package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NativeSocketTest {
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void nothingIsLeft() {
    service.awaitQuiet();
  }

  @Test
  void sendsTheEventsOfATurn() {
    try (Client client = service.talk()) {
      client.ask("{'type':'send','ref':'a','conversation':'c1','message':'hello'}");
      List<JsonNode> frames = client.toEnd();
      assertThat(frames).extracting(Client::type).startsWith("started").endsWith("finished");
      assertThat(frames.getFirst().get("ref").stringValue()).isEqualTo("a");
      assertThat(frames.stream().skip(1)).noneMatch(frame -> frame.has("ref"));
      String turn = service.turnAsking("hello").id().toString();
      assertThat(frames).allMatch(frame -> frame.get("turn").stringValue().equals(turn));
      for (int index = 0; index < frames.size(); index++) {
        assertThat(frames.get(index).get("seq").intValue()).isEqualTo(index + 1);
      }
      assertThat(Client.text(frames)).isEqualTo("re: hello");
      JsonNode finished = frames.getLast();
      assertThat(finished.get("reason").stringValue()).isEqualTo("stop");
      assertThat(finished.get("text_length").intValue()).isEqualTo(9);
      assertThat(finished.get("usage").has("total_tokens")).isTrue();
    }
  }

  @Test
  void answersAPing() {
    try (Client client = service.talk()) {
      assertThat(client.ask("{'type':'ping'}").next("pong").propertyNames())
          .containsExactly("type");
      assertThat(client.ask("{'type':'ping','ref':7}").next("pong").get("ref").intValue())
          .isEqualTo(7);
    }
  }

  @Test
  void carriesTheOptionsOfATurn() {
    try (Client client = service.talk()) {
      client.ask(
          "{'type':'send','conversation':'c2','message':'hot','model':'some/model','temperature':1.5,'max_tokens':7}");
      List<JsonNode> _ = client.toEnd();
      var options = service.turnAsking("hot").options();
      assertThat(options.model().value()).isEqualTo("some/model");
      assertThat(options.temperature()).isEqualTo(1.5);
      assertThat(options.maxTokens()).isEqualTo(7);
    }
  }

  @Test
  void showsATurnThatFailsBeforeAnyEventAsFailed() {
    service.answers("refuse me", Script.refuses(new Failure.ModelUnavailable()));
    try (Client client = service.talk()) {
      client.ask("{'type':'send','ref':1,'conversation':'c3','message':'refuse me'}");
      JsonNode failed = client.next("failed");
      assertThat(failed.get("ref").intValue()).isEqualTo(1);
      assertThat(failed.get("error").get("type").stringValue())
          .isEqualTo("urn:groqchat:problem:model-unavailable");
      assertThat(failed.get("retryable").booleanValue()).isTrue();
      client.ask(
          "{'type':'send','conversation':'c3','retry_of':'%s'}", failed.get("turn").stringValue());
      assertThat(Client.type(client.toEnd().getLast())).isEqualTo("failed");
    }
  }

  @Test
  void anIdempotencyKeyAttachesToTheSameTurn() {
    try (Client client = service.talk()) {
      String send = "{'type':'send','conversation':'c4','message':'%s','idempotency_key':'key-1'}";
      List<JsonNode> first = client.ask(send, "once").toEnd();
      List<JsonNode> second = client.ask(send, "once").toEnd();
      assertThat(second).isEqualTo(first);
      JsonNode error = client.ask(send, "twice").next("error").get("error");
      assertThat(error.get("type").stringValue()).isEqualTo("urn:groqchat:problem:key-reused");
    }
  }

  @Test
  void carriesManyTurnsAtOnce() {
    Gate gate = new Gate();
    try (Client client = service.talk()) {
      for (int i = 0; i < 50; i++) {
        service.answers(
            "many " + i, Script.script().says("a" + i).waits(gate).says("b" + i).ends());
        client.ask(
            "{'type':'send','ref':%d,'conversation':'many-%d','message':'many %d'}", i, i, i);
      }
      // All of them have begun before the first of them goes on.
      List<JsonNode> frames = new java.util.ArrayList<>();
      while (frames.stream().filter(frame -> Client.type(frame).equals("delta")).count() < 50) {
        frames.add(client.next());
      }
      gate.open();
      while (frames.stream().filter(frame -> Client.type(frame).equals("finished")).count() < 50) {
        frames.add(client.next());
      }
      for (int i = 0; i < 50; i++) {
        int number = i;
        String turn =
            frames.stream()
                .filter(frame -> frame.path("ref").asInt(-1) == number)
                .findFirst()
                .orElseThrow()
                .get("turn")
                .stringValue();
        List<JsonNode> own =
            frames.stream().filter(it -> it.get("turn").stringValue().equals(turn)).toList();
        assertThat(Client.text(own)).isEqualTo("a" + i + "b" + i);
        assertThat(own).extracting(it -> it.get("seq").longValue()).isSorted();
      }
    }
  }

  @Test
  void twoFollowersSeeTheSame() {
    Gate gate = new Gate();
    service.answers("shared", Script.script().says("one").waits(gate).says("two").ends());
    try (Client first = service.talk();
        Client second = service.talk()) {
      first.ask("{'type':'send','conversation':'c5','message':'shared'}");
      List<JsonNode> seen = first.upTo("delta");
      String turn = seen.getFirst().get("turn").stringValue();
      second.ask("{'type':'follow','turn':'%s'}", turn);
      List<JsonNode> alsoSeen = second.upTo("delta");
      gate.open();
      seen.addAll(first.toEnd());
      alsoSeen.addAll(second.toEnd());
      assertThat(alsoSeen).isEqualTo(seen);
    }
  }

  @Test
  void followsFromAnyEvent() {
    try (Client client = service.talk()) {
      List<JsonNode> all =
          client.ask("{'type':'send','conversation':'c6','message':'again'}").toEnd();
      String turn = all.getFirst().get("turn").stringValue();
      for (int after = 0; after < all.size(); after++) {
        client.ask("{'type':'follow','turn':'%s','after':%d}", turn, after);
        assertThat(client.toEnd()).isEqualTo(all.subList(after, all.size()));
      }
      client.ask("{'type':'follow','ref':'r','turn':'%s','after':%d}", turn, all.size());
      JsonNode end = client.next("end");
      assertThat(end.get("turn").stringValue()).isEqualTo(turn);
      assertThat(end.get("ref").stringValue()).isEqualTo("r");
      client.ask("{'type':'follow','turn':'%s','after':null}", turn);
      assertThat(client.toEnd()).isEqualTo(all);
    }
  }

  @Test
  void aFollowerOfWhatIsNoLongerKeptGetsAGap() {
    try (Client client = service.talk()) {
      List<JsonNode> _ =
          client.ask("{'type':'send','conversation':'c7','message':'forget'}").toEnd();
      var turn = service.turnAsking("forget").id();
      service.fakes().journal().forget(turn);
      client.ask("{'type':'follow','turn':'%s','after':1}", turn);
      assertThat(client.next("gap").get("text").stringValue()).isEqualTo("re: forget");
      JsonNode _ = client.next("finished");
    }
  }

  @Test
  void resumesAfterEveryEventWithTheSameText() {
    String[] pieces = {
      " leading", " 😀", "\n\n", "👩‍👩‍👧", "\r\n", "\u2028", "  two", "\"q\"\\", "ü"
    };
    String whole = String.join("", pieces);
    service.answers("pieces", Script.answers(pieces));
    List<JsonNode> all;
    try (Client client = service.talk()) {
      all = client.ask("{'type':'send','conversation':'c8','message':'pieces'}").toEnd();
    }
    assertThat(Client.text(all)).isEqualTo(whole);
    String turn = all.getFirst().get("turn").stringValue();
    for (int cut = 1; cut < all.size(); cut++) {
      StringBuilder text = new StringBuilder();
      Client before = service.talk();
      before.ask("{'type':'follow','turn':'%s'}", turn);
      long last = 0;
      for (int read = 0; read < cut; read++) {
        JsonNode frame = before.next();
        last = frame.get("seq").longValue();
        text.append(Client.text(List.of(frame)));
      }
      before.vanish();
      try (Client after = service.talk()) {
        after.ask("{'type':'follow','turn':'%s','after':%d}", turn, last);
        text.append(Client.text(after.toEnd()));
      }
      assertThat(text).as("cut after %d", cut).hasToString(whole);
    }
  }

  @Test
  void resumesATurnThatIsStillRunning() {
    Gate gate = new Gate();
    service.answers("live", Script.script().says("1").waits(gate).says("2").ends());
    Client before = service.talk();
    before.ask("{'type':'send','conversation':'c9','message':'live'}");
    JsonNode last = before.upTo("delta").getLast();
    before.vanish();
    service.awaitQuiet();
    try (Client after = service.talk()) {
      after.ask(
          "{'type':'follow','turn':'%s','after':%d}",
          last.get("turn").stringValue(), last.get("seq").longValue());
      gate.open();
      assertThat(Client.text(after.toEnd())).isEqualTo("2");
    }
  }

  @Test
  void stopsATurn() {
    Gate never = new Gate();
    service.answers("stop me", Script.script().says("so far").waits(never).ends());
    try (Client client = service.talk()) {
      client.ask("{'type':'send','conversation':'c10','message':'stop me'}");
      String turn = client.upTo("delta").getFirst().get("turn").stringValue();
      client.ask("{'type':'stop','ref':'s','turn':'%s'}", turn);
      List<JsonNode> frames = client.upTo("stop", "stopped");
      frames.add(client.next());
      assertThat(frames).extracting(Client::type).containsExactlyInAnyOrder("stop", "stopped");
      for (JsonNode frame : frames) {
        assertThat(frame.get("turn").stringValue()).isEqualTo(turn);
        assertThat(frame.get("status").stringValue()).isEqualTo("stopped");
        assertThat(frame.get("text_length").intValue()).isEqualTo(6);
        assertThat(frame.get("upstream_closed").booleanValue()).isTrue();
        assertThat(frame.has("seq")).isEqualTo(Client.type(frame).equals("stopped"));
        assertThat(frame.path("ref").asString("")).isEqualTo(frame.has("seq") ? "" : "s");
      }
      JsonNode again = client.ask("{'type':'stop','turn':'%s'}", turn).next("stop");
      assertThat(again.get("status").stringValue()).isEqualTo("stopped");
      assertThat(service.fakes().model().open()).isZero();
    }
  }

  @Test
  void leavingStopsATurnThatIsToBeCancelled() {
    Gate never = new Gate();
    service.answers("cancel me", Script.script().says("so far").waits(never).ends());
    Client client = service.talk();
    client.ask(
        "{'type':'send','conversation':'c11','message':'cancel me','on_disconnect':'cancel'}");
    List<JsonNode> _ = client.upTo("delta");
    client.vanish();
    service.awaitEnd("cancel me", "stopped");
    Service.until(() -> service.fakes().model().open() == 0);
  }

  @Test
  void leavingLeavesATurnThatIsToGoOn() {
    Gate gate = new Gate();
    service.answers("go on", Script.script().says("so").waits(gate).says(" far").ends());
    try (Client client = service.talk()) {
      client.ask(
          "{'type':'send','conversation':'c12','message':'go on','on_disconnect':'continue'}");
      List<JsonNode> _ = client.upTo("delta");
    }
    service.awaitQuiet();
    gate.open();
    service.awaitEnd("go on", "finished");
  }

  @Test
  void aTurnThatCannotBeStartedIsAnErrorFrame() {
    try (Client client = service.talk()) {
      service
          .fakes()
          .journal()
          .interfere((what, _) -> {
            if (what.equals("follow")) {
              throw new IllegalStateException("broken on purpose");
            }
          });
      client.ask("{'type':'send','ref':'x','conversation':'c13','message':'unlucky'}");
      JsonNode error = client.next("error");
      assertThat(error.get("ref").stringValue()).isEqualTo("x");
      assertThat(error.get("error").get("type").stringValue())
          .isEqualTo("urn:groqchat:problem:internal-error");
      assertThat(client.untilPong()).hasSize(1);
    } finally {
      service.fakes().journal().interfere((_, _) -> {});
    }
  }
}
