package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.nativeapi.ErrorJson;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads one turn to its end, or until the client has gone. For one thread. */
final class TurnReader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TurnReader.class);

  /** Nothing depends on it: whoever closes the following ends the wait. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Socket socket;
  private final ServerFrames frames;
  private final Caller caller;
  private final TurnId turn;
  private final Following following;
  private Ref ref;
  private boolean endingTold;

  TurnReader(
      Socket socket,
      ServerFrames frames,
      Caller caller,
      TurnId turn,
      Following following,
      Ref ref) {
    this.socket = socket;
    this.frames = frames;
    this.caller = caller;
    this.turn = turn;
    this.following = following;
    this.ref = ref;
  }

  @Override
  public void run() {
    try {
      while (!following.ended()) {
        tell(following.next(LOOK_AGAIN));
      }
      if (!endingTold) {
        socket.send(List.of(frames.end(turn, ref)));
      }
    } catch (IOException e) {
      LOG.debug("the client has gone", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The turn may go on: with the number of the last event it can be followed again.
      socket.tell(frames.lost(turn, ErrorJson.of(Problems.of(e, caller)), ref));
    }
  }

  private void tell(List<NumberedEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    List<ObjectNode> gathered = new ArrayList<>(events.size());
    for (NumberedEvent event : events) {
      gathered.add(frames.event(turn, event, ref));
      // The first frame has told whose answer this is.
      ref = Ref.NONE;
    }
    socket.send(gathered);
    endingTold = events.getLast().ending();
  }
}
