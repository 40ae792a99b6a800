package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.nativeapi.ErrorJson;
import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.turns.KeySpace;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnId;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.databind.JsonNode;

/** The native protocol, {@code groqchat.v1}, over one socket: many turns at once. */
final class NativeTalk implements Talk {
  /** In milliseconds, so that not all clients come back to the next instance at once. */
  private static final int SOONEST = 500;

  private static final int LATEST = 3000;

  private final Socket socket;
  private final Caller caller;
  private final KeySpace keys;
  private final NativeActs acts;
  private final Errands errands;
  private volatile boolean draining;

  NativeTalk(Socket socket, Visit visit, NativeActs acts) {
    this.socket = socket;
    this.caller = visit.caller();
    this.keys = visit.keys();
    this.acts = acts;
    this.errands = new Errands(acts.properties().maxTurns(), this::closeIfDrained);
  }

  @Override
  public void text(String message) {
    Ref ref = Ref.NONE;
    try {
      JsonNode frame = acts.json().readTree(message);
      if (!frame.isObject()) {
        throw ChatException.invalid("frame", "the frame must be a JSON object");
      }
      ref = Ref.of(frame);
      act(ClientFrame.of(frame, keys, acts.json()), ref);
    } catch (RuntimeException e) {
      refuse(Problems.of(e, caller), ref);
    }
  }

  @Override
  public void binary() {
    refuse(Problems.notText(), Ref.NONE);
  }

  private void act(ClientFrame frame, Ref ref) {
    switch (frame) {
      case ClientFrame.Send(StartTurn.NewTurn wish) -> send(wish, ref);
      case ClientFrame.Follow(TurnId turn, long after) -> follow(turn, after, ref);
      case ClientFrame.Stop(TurnId turn) -> stop(turn, ref);
      case ClientFrame.Ping _ -> socket.tell(acts.frames().pong(ref));
    }
  }

  private void send(StartTurn.NewTurn wish, Ref ref) {
    try (Errands.Place place = errands.place()) {
      StartTurn.Started started = acts.startTurn().start(caller, wish);
      follow(place, started.turn().id(), started.following(), ref);
    }
  }

  private void follow(TurnId turn, long after, Ref ref) {
    try (Errands.Place place = errands.place()) {
      Following following = acts.followTurn().follow(caller, new TurnRef(null, turn), after);
      follow(place, turn, following, ref);
    }
  }

  private void follow(Errands.Place place, TurnId turn, Following following, Ref ref) {
    place.follow(following, new TurnReader(socket, acts.frames(), caller, turn, following, ref));
  }

  /** In a thread of its own, as it waits for upstream to close: other frames need not. */
  private void stop(TurnId turn, Ref ref) {
    errands.stop(() -> {
      try {
        var receipt = acts.stopTurn().stop(caller, new TurnRef(null, turn));
        socket.tell(acts.frames().stop(receipt, ref));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        refuse(Problems.of(e, caller), ref);
      }
    });
  }

  private void refuse(Problem problem, Ref ref) {
    socket.tell(acts.frames().error(ErrorJson.of(problem), ref));
  }

  @Override
  public void drain() {
    socket.tell(ServerFrames.reconnect(ThreadLocalRandom.current().nextInt(SOONEST, LATEST + 1)));
    draining = true;
    closeIfDrained();
  }

  private void closeIfDrained() {
    if (draining && errands.none()) {
      socket.close(CloseStatus.GOING_AWAY);
    }
  }

  @Override
  public void left() {
    errands.leaveAll();
  }
}
