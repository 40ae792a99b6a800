package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.application.usecase.admission.Pace;
import dev.groqchat.domain.traffic.Allowance;

/** Relays questions: makes a place for each, takes it from its client's limit, hands it out. */
final class Relayer implements RelayQuestion {
  private final Ports ports;
  private final TurnSettings settings;
  private final ClientLimits limits;
  private final Places places;
  private final Candidates candidates;
  private final Pace pace;
  private final Ids ids;

  Relayer(
      Ports ports,
      TurnSettings settings,
      Places places,
      Candidates candidates,
      Pace pace,
      Ids ids) {
    this.ports = ports;
    this.settings = settings;
    this.limits = new ClientLimits(ports);
    this.places = places;
    this.candidates = candidates;
    this.pace = pace;
    this.ids = ids;
  }

  @Override
  public Relay relay(Caller caller, Verbatim question) {
    RelayInquiry inquiry =
        new RelayInquiry(caller, question, ids.turn().toString(), ports, settings);
    Stoppable place = new Stoppable();
    places.admit(place);
    try {
      return taken(inquiry, place);
    } catch (RuntimeException | Error e) {
      places.release(place);
      throw e;
    }
  }

  private Relay taken(RelayInquiry inquiry, Stoppable place) {
    String client = inquiry.caller().client();
    long guess = inquiry.guess();
    Allowance allowance = limits.take(client, guess);
    // Only who was let in is counted, which may take long.
    long cost = inquiry.cost();
    if (cost != guess) {
      limits.settle(client, guess, cost);
    }
    RelayLog log = new RelayLog(inquiry, ports.telemetry(), pace, System::nanoTime);
    return new OpenRelay(
        allowance,
        place,
        candidates,
        inquiry,
        log,
        () -> {
          try {
            limits.settle(client, cost, log.close());
          } finally {
            places.release(place);
          }
        });
  }
}
