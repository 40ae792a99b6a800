package dev.groqchat.adapters.web.container;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads what an answer has left of its request's body, as another request may follow; but not for
 * long. Tomcat would read on as long as a byte comes now and then.
 */
final class LeftoversValve extends ValveBase {
  /** Who sends more than this has to connect again. */
  private static final long MOST_BYTES = 2 * 1024 * 1024;

  private final Duration patience;

  /**
   * Such a valve.
   *
   * @param patience how long it reads
   */
  LeftoversValve(Duration patience) {
    super(true);
    this.patience = patience;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (left(request) && !dropped(request, response) && !readToItsEnd(request, response)) {
      request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
    }
  }

  private static boolean left(Request request) {
    boolean body =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return body && !request.isFinished();
  }

  /** A body that waited to be let in, and was not, does not come: Tomcat closes the connection. */
  private static boolean dropped(Request request, Response response) {
    boolean fine = response.getStatus() / 100 == 2;
    return request.getHeader("Expect") != null && !fine;
  }

  private boolean readToItsEnd(Request request, Response response) {
    long begin = System.nanoTime();
    long read = 0;
    try {
      // The answer goes first: whoever sends such a body may want to know.
      response.finishResponse();
      Nowhere nowhere = new Nowhere();
      // Not by the request's stream: that is closed by now.
      for (int got = 0; got >= 0; got = request.getCoyoteRequest().doRead(nowhere)) {
        read += got;
        if (read > MOST_BYTES || System.nanoTime() - begin > patience.toNanos()) {
          return false;
        }
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Where what is read goes. */
  private static final class Nowhere implements ApplicationBufferHandler {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {
      // What is read is shown in the container's own buffer.
    }
  }
}
