package dev.groqchat.adapters.groq;

import dev.groqchat.application.fixtures.ChatModelContract;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.Simulator;
import java.time.Duration;
import java.util.Optional;

/** The contract of a model that asks a simulator, which does as the contract wishes. */
interface SimulatedModelContract extends ChatModelContract {
  Simulator simulator();

  /** What asks the simulator. */
  ChatModel asking();

  /** How a reply ends that breaks off without an end. */
  default Break breakingOff() {
    return Break.END;
  }

  /** Answers everything like this from now on. */
  default ChatModel saying(Script script) {
    simulator().scriptEach(_ -> Optional.of(script));
    return asking();
  }

  @Override
  default ChatModel answering(String text) {
    return saying(Script.saying(text));
  }

  @Override
  default ChatModel passing(String text) {
    return answering(text);
  }

  @Override
  default ChatModel breakingOffAfter(String text) {
    return saying(Script.saying(text).breakAfter(Integer.MAX_VALUE, breakingOff()));
  }

  @Override
  default ChatModel silent() {
    return saying(Script.demo().stallAfter(0));
  }

  @Override
  default ChatModel fallingSilentAfter(String text) {
    return saying(Script.saying(text).stallAfter(1));
  }

  @Override
  default ChatModel endless() {
    return saying(Script.counting(60_000));
  }

  @Override
  default ChatModel busyFor(Duration retryAfter) {
    return saying(Script.of("error=429 retry-after=" + retryAfter.toSeconds() + "s"));
  }

  @Override
  default ChatModel overloaded() {
    return saying(Script.refusing(503));
  }

  @Override
  default void awaitNothingOpen() throws InterruptedException {
    simulator().awaitIdle(PATIENCE);
  }
}
