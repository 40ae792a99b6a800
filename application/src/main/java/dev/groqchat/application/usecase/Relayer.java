package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;

/** Relays questions. */
final class Relayer implements RelayQuestion {
  @Override
  public Relay relay(Caller caller, Verbatim question) {
    throw new ChatException(new Failure.ModelUnavailable());
  }
}
