package dev.groqchat.adapters.groq;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the provider. Other than the library's own it has no log of what goes over it, at
 * no level: that is keys and people's words. And its bodies say whether more has come, beyond the
 * chunk in hand: see {@link Body}. For one thread, except closing.
 */
final class ProviderConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {
  private volatile boolean closed;

  ProviderConnection(Http1Config config) {
    super(config);
  }

  /** It may have been closed while there was no socket yet to close. */
  @Override
  protected void bind(SocketHolder holder) throws IOException {
    super.bind(holder);
    if (closed) {
      holder.getBaseSocket().close();
      throw new SocketException("closed while connecting");
    }
  }

  @Override
  public @Nullable Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public @Nullable SSLSession getSSLSession() {
    return getSocket() instanceof SSLSocket socket ? socket.getSession() : null;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    super.close();
  }

  @Override
  public void close(CloseMode mode) {
    closed = true;
    super.close(mode);
  }

  /** Nobody's: what one question wanted is nothing to the next. */
  @Override
  public void passivate() {
    setSocketTimeout(Timeout.ZERO_MILLISECONDS);
  }

  @Override
  public void activate() {
    // As it was left.
  }

  @Override
  protected InputStream createContentInputStream(
      long length, SessionInputBuffer buffer, InputStream in) {
    return new Body(super.createContentInputStream(length, buffer, in), buffer);
  }

  private boolean hasArrived() throws IOException {
    SocketHolder holder = getSocketHolder();
    return holder != null && holder.getBaseSocket().getInputStream().available() > 0;
  }

  /**
   * An answer's body. The library's own, if chunked, counts what is left of the chunk in hand, and
   * a provider sends a chunk for each token.
   */
  private final class Body extends FilterInputStream {
    /** A chunk's own line end comes with it, and is no news. */
    private static final int CHUNK_END = 2;

    private final SessionInputBuffer buffer;

    private Body(InputStream in, SessionInputBuffer buffer) {
      super(in);
      this.buffer = buffer;
    }

    /** 1 at least if something has come; reading may wait for the rest of a chunk's beginning. */
    @Override
    public int available() throws IOException {
      int ofChunk = super.available();
      return ofChunk == 0 && (buffer.length() > CHUNK_END || hasArrived()) ? 1 : ofChunk;
    }
  }
}
