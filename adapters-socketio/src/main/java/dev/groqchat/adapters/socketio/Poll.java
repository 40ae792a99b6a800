package dev.groqchat.adapters.socketio;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.time.Duration;

/**
 * A request as the library is shown it, so that it touches no network while it holds a connection's
 * lock: the body has come as a whole, and "asynchronous" means that the request's own thread, a
 * virtual one, waits here and then writes the answer.
 */
final class Poll extends HttpServletRequestWrapper {
  private final byte[] body;
  private final PollContext context;
  private volatile boolean waiting;

  Poll(HttpServletRequest request, HttpServletResponse answer, byte[] body) {
    super(request);
    this.body = body;
    this.context = new PollContext(this, answer);
  }

  /**
   * Waits for the answer to be there, if the library wants that. Gives up after a while, which
   * counts as an answer with nothing in it.
   */
  void await(Duration patience) throws InterruptedException {
    if (waiting) {
      context.await(patience);
    }
  }

  /** Tells the library that the answer did not arrive: the client has gone. */
  void lost() {
    if (waiting) {
      context.lost();
    }
  }

  @Override
  public boolean isAsyncSupported() {
    return true;
  }

  @Override
  public boolean isAsyncStarted() {
    return waiting;
  }

  @Override
  public AsyncContext startAsync() {
    waiting = true;
    return context;
  }

  @Override
  public AsyncContext getAsyncContext() {
    return context;
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Body(body);
  }

  /** What has come already. */
  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Body(byte[] body) {
      bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(length, into.length - offset));
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
