package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.MessageRules.Draft;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.TurnId;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What makes two wishes for a turn the same. */
class FingerprintTest {
  private static final TurnId TURN = new TurnId(new UUID(1, 2));
  private static final NewTurn PLAIN = World.wish("c", "hi");

  /** Neither the key itself, nor where the reply may come from, makes it another request. */
  private static final Set<String> UNCOUNTED = Set.of("idempotencyKey", "reusable");

  /** A wish for each field, which differs from the plain one in that field alone. */
  private static final Map<String, NewTurn> OTHERS =
      Map.of(
          "conversation", World.wish("d", "hi"),
          "said", World.wish("c", "ho"),
          "model", World.wish("c", "hi", FakeCatalog.ESTIMATED),
          "temperature", with(0.0, null, null, null, null),
          "maxTokens", with(null, 10, null, null, null),
          "onDisconnect", with(null, null, new OnDisconnect.Cancel(), null, null),
          "retryOf", with(null, null, null, TURN, null),
          "idempotencyKey", with(null, null, null, null, "key"),
          "reusable",
              new NewTurn(
                  World.id("c"), new Said.Text("hi"), null, null, null, null, null, null, true));

  @Test
  void everyFieldOfWhatIsAskedCounts() {
    assertThat(OTHERS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(NewTurn.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
    assertThat(OTHERS)
        .allSatisfy((field, other) ->
            assertThat(Fingerprint.of(other).equals(Fingerprint.of(PLAIN)))
                .as(field)
                .isEqualTo(UNCOUNTED.contains(field)));
  }

  @Test
  void nothingElseReadsTheSame() {
    List<NewTurn> all = new ArrayList<>(OTHERS.values());
    all.remove(OTHERS.get("reusable"));
    Stream.of(
            new OnDisconnect.Continue(),
            new OnDisconnect.Grace(Duration.ofSeconds(30)),
            new OnDisconnect.Grace(Duration.ofMillis(30_001)))
        .forEach(leaving -> all.add(with(null, null, leaving, null, null)));
    Stream.of(
            new Said.Prompt("hi"),
            new Said.Prompt(null),
            new Said.Text(null),
            new Said.Text(""),
            new Said.Text("null"),
            new Said.Text("-"),
            new Said.Text("hi, model=x"),
            new Said.Transcript(null),
            transcript(),
            transcript(draft("user", "hi")),
            transcript(draft("hi", "user")),
            transcript(draft(null, "user")),
            transcript(draft("user", null)),
            transcript(draft("user", "a"), draft("user", "b")),
            transcript(draft("user", "a], Draft[role=user, content=b")),
            transcript(draft("user", "a"), null),
            transcript(null, draft("user", "a")))
        .forEach(said -> all.add(World.wish("c", said)));
    all.add(World.wish("c", (Said) null));

    assertThat(all).extracting(Fingerprint::of).doesNotHaveDuplicates();
  }

  /** Instances of different versions, and those of yesterday, must agree. */
  @Test
  void itStaysTheSame() {
    NewTurn wish =
        new NewTurn(
            new ConversationId("c"),
            transcript(draft("user", "Grüß 🚀"), draft("assistant", "b"), draft("user", "c")),
            FakeCatalog.ESTIMATED,
            0.7,
            99,
            OnDisconnect.DEFAULT,
            TURN,
            "key",
            false);

    assertThat(Fingerprint.of(wish))
        .isEqualTo("50852415314901827db0f5126eb2024ee9c402e8ed6a02e2bcda5a496aaf3a17");
  }

  private static NewTurn with(
      @Nullable Double temperature,
      @Nullable Integer maxTokens,
      @Nullable OnDisconnect onDisconnect,
      @Nullable TurnId retryOf,
      @Nullable String key) {
    return new NewTurn(
        World.id("c"),
        new Said.Text("hi"),
        null,
        temperature,
        maxTokens,
        onDisconnect,
        retryOf,
        key,
        false);
  }

  private static Said transcript(@Nullable Draft... drafts) {
    return new Said.Transcript(Arrays.asList(drafts));
  }

  private static Draft draft(@Nullable String role, @Nullable String content) {
    return new Draft(role, content);
  }
}
