package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.fixtures.ScriptedModel;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.turn.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EagerChatModelTest {
  private final ScriptedModel scripted = new ScriptedModel();
  private final ChatModel model = new EagerChatModel(scripted);

  @Test
  void handsOutEverythingOnce() throws Exception {
    var limits = new ProviderLimits(new ProviderLimits.Window(9, 8, Duration.ofSeconds(1)), null);
    scripted.then(Script.answers("a", "b").within(limits));
    List<Part> parts = new ArrayList<>();
    try (ReplyStream reply = model.answer(question())) {
      assertThat(reply.model()).isEqualTo(question().model());
      assertThat(reply.limits()).isEqualTo(limits);
      readInto(parts, reply);
    }
    assertThat(parts)
        .containsExactly(
            new Part.Text("a"), new Part.Text("b"), new Part.End(FinishReason.STOP, null));
    assertThat(scripted.open()).isZero();
  }

  @Test
  void whatFailsBeforeTheFirstPartsFailsInTheAnswer() {
    scripted.then(Script.script().fails(new Failure.ReplyCut()));
    assertThatThrownBy(() -> model.answer(question()).close())
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.failure()).isEqualTo(new Failure.ReplyCut()));
    assertThat(scripted.open()).isZero();
  }

  @Test
  void aDefectLeavesNothingOpen() {
    scripted.then(Script.script().breaks(new StackOverflowError()));
    assertThatThrownBy(() -> model.answer(question()).close())
        .isInstanceOf(StackOverflowError.class);
    assertThat(scripted.open()).isZero();
  }

  @Test
  void whatFailsLaterFailsInTheStream() throws Exception {
    scripted.then(Script.script().says("a").fails(new Failure.ModelUnavailable()));
    try (ReplyStream reply = model.answer(question())) {
      assertThat(reply.next()).containsExactly(new Part.Text("a"));
      assertThatThrownBy(reply::next).isInstanceOf(ChatException.class);
    }
    assertThat(scripted.open()).isZero();
  }

  @Test
  void anInterruptWhileItWaitsLeavesNothingOpen() {
    var gate = new Gate();
    scripted.then(Script.script().waits(gate));
    try (var asking = Background.run(() -> model.answer(question()))) {
      gate.awaitReached();
      asking.interrupt();
      assertThatThrownBy(asking::result).isInstanceOf(InterruptedException.class);
    }
    assertThat(scripted.open()).isZero();
  }

  @Test
  void anInterruptBeforehandGetsNotEvenTheFirstParts() throws Exception {
    ReplyStream reply = model.answer(question());
    Thread.currentThread().interrupt();
    assertThatThrownBy(reply::next).isInstanceOf(InterruptedException.class);
    assertThat(scripted.open()).isZero();
  }
}
