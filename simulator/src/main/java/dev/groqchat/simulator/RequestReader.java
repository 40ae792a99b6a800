package dev.groqchat.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.jspecify.annotations.Nullable;

/** Reads one request after the other from a connection; parsing is HttpCore's. */
final class RequestReader {
  private static final int BUFFER = 8 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(200).build();

  private final InputStream in;
  private final OutputStream out;
  private final int maxBody;
  private final SessionInputBufferImpl buffer =
      new SessionInputBufferImpl(BUFFER, LIMITS.getMaxLineLength());
  private final DefaultHttpRequestParser parser = new DefaultHttpRequestParser(LIMITS);

  RequestReader(InputStream in, OutputStream out, int maxBody) {
    this.in = in;
    this.out = out;
    this.maxBody = maxBody;
  }

  /** A body over the limit. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Blocks for the next request; empty when the peer has closed the connection. */
  Optional<RawRequest> next() throws IOException, HttpException {
    @Nullable ClassicHttpRequest request = parser.parse(buffer, in);
    if (request == null) return Optional.empty();
    var headers = headers(request);
    var body = body(request, headers);
    return Optional.of(
        new RawRequest(
            request.getMethod(),
            request.getRequestUri(),
            headers,
            body,
            keepAlive(request, headers)));
  }

  private static Map<String, String> headers(ClassicHttpRequest request) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var header : request.getHeaders())
      headers.merge(
          header.getName(),
          header.getValue() == null ? "" : header.getValue(),
          (a, b) -> a + ", " + b);
    return Collections.unmodifiableMap(headers);
  }

  private String body(ClassicHttpRequest request, Map<String, String> headers)
      throws IOException, HttpException {
    long length = DefaultContentLengthStrategy.INSTANCE.determineLength(request);
    if (length == ContentLengthStrategy.UNDEFINED || length == 0) return "";
    if (length > maxBody) throw new TooLarge();
    if (headers.getOrDefault("Expect", "").equalsIgnoreCase("100-continue")) {
      out.write(CONTINUE);
      out.flush();
    }
    // Never closed: that would read the rest of a body that is too large, and it holds nothing but
    // the connection.
    var body =
        length == ContentLengthStrategy.CHUNKED
            ? new ChunkedInputStream(buffer, in, LIMITS)
            : new ContentLengthInputStream(buffer, in, length);
    byte[] read = body.readNBytes(maxBody + 1);
    if (read.length > maxBody) throw new TooLarge();
    return new String(read, StandardCharsets.UTF_8);
  }

  /**
   * {@code Upgrade: h2c} is not answered, as any server may do: two SDKs send it over plain http.
   */
  private static boolean keepAlive(ClassicHttpRequest request, Map<String, String> headers) {
    String connection = headers.getOrDefault("Connection", "");
    boolean http10 =
        request.getVersion() != null && request.getVersion().lessEquals(HttpVersion.HTTP_1_0);
    return http10
        ? connection.toLowerCase(Locale.ROOT).contains("keep-alive")
        : !connection.toLowerCase(Locale.ROOT).contains("close");
  }
}
