package dev.groqchat.simulator;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: a thread that reads requests and answers them, and one that always reads
 * the socket. When the latter meets the end it interrupts the former, so that silence, pauses and
 * blocked writes end at once.
 */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final byte[] BAD =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final SimulatorConfig config;
  private final Api api;
  private final Ledger ledger;
  private final Executor threads;
  private final BooleanSupplier closing;
  private final Inbox inbox = new Inbox();
  private volatile boolean answering;

  Connection(
      Socket socket,
      SimulatorConfig config,
      Api api,
      Ledger ledger,
      Executor threads,
      BooleanSupplier closing) {
    this.socket = socket;
    this.config = config;
    this.api = api;
    this.ledger = ledger;
    this.threads = threads;
    this.closing = closing;
  }

  @Override
  public void run() {
    var owner = Thread.currentThread();
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, config.idle().toMillis()));
      var in = socket.getInputStream();
      threads.execute(() -> {
        inbox.pump(in, () -> answering);
        owner.interrupt();
      });
      serve();
    } catch (IOException | HttpException | RejectedExecutionException gone) {
      LOG.debug("connection ended: {}", gone.toString());
    } finally {
      inbox.end();
    }
  }

  private void serve() throws IOException, HttpException {
    var out = socket.getOutputStream();
    var reader = new RequestReader(inbox, out, config.maxBody());
    boolean open = true;
    while (open) {
      try {
        var request = reader.next();
        open = request.isPresent() && answer(request.get());
      } catch (RequestReader.TooLarge large) {
        refuse(ErrorAnswer.tooLarge());
        // Closing with bytes unread would reset the connection, and the peer would never see the
        // answer.
        socket.shutdownOutput();
        inbox.skip(config.maxBody());
        open = false;
      } catch (HttpException bad) {
        out.write(BAD);
        throw bad;
      }
    }
  }

  private void refuse(ErrorAnswer error) throws IOException {
    var nothing = new RawRequest("POST", "/", Map.of(), "", false);
    var seen = new SeenRequest(nothing, Ids.request(config.clock()));
    new Exchange(seen, socket.getOutputStream(), config.clock()).send(Script.demo(), error);
  }

  /** Answers, keeps the outcome, and tells whether the connection can go on. */
  private boolean answer(RawRequest raw) throws IOException {
    var seen = new SeenRequest(raw, Ids.request(config.clock()));
    var exchange = new Exchange(seen, socket.getOutputStream(), config.clock());
    var end = Outcome.End.CLIENT_CLOSED;
    boolean open = false;
    ledger.began(seen);
    answering = true;
    try {
      api.answer(exchange);
      end = Outcome.End.COMPLETED;
      open = raw.keepAlive();
    } catch (Wire.Broken broken) {
      end = Outcome.End.CUT_BY_SCRIPT;
      open = raw.keepAlive() && isOpenAfter(broken.how());
    } catch (RuntimeException bug) {
      LOG.error("{} cannot be answered", seen.id(), bug);
      end = Outcome.End.FAILED;
    } catch (IOException | InterruptedException gone) {
      LOG.debug("{} cannot be answered: {}", seen.id(), gone.toString());
    } finally {
      answering = false;
      if (end == Outcome.End.CLIENT_CLOSED && closing.getAsBoolean())
        end = Outcome.End.SIMULATOR_CLOSED;
      var outcome = new Outcome(end, exchange.status(), exchange.tokens());
      LOG.info(
          "{} {} {} {} {}, {} tokens: {}",
          seen.id(),
          seen.method(),
          seen.path(),
          model(seen),
          outcome.status(),
          outcome.tokens(),
          outcome);
      ledger.ended(seen, outcome);
    }
    return open;
  }

  private boolean isOpenAfter(Fault.Break how) throws IOException {
    switch (how) {
      case CUT -> socket.shutdownOutput();
      case RESET -> socket.setSoLinger(true, 0);
      case END, ERROR_EVENT, OPENROUTER_ERROR -> {
        return true;
      }
    }
    socket.close();
    return false;
  }

  private static String model(SeenRequest seen) {
    return seen.json().path("model").asString("-");
  }
}
