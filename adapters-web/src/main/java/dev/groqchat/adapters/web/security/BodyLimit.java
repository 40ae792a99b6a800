package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.problem.BodyTooLargeException;
import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.problem.RequestPaths;
import dev.groqchat.adapters.web.settings.RelayProperties;
import dev.groqchat.adapters.web.settings.WebProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over the limit: by their announced length at once, else when they have come too
 * far. And bodies that take too long: the container is content with a byte now and then.
 */
@Component
@Order(1)
class BodyLimit extends OncePerRequestFilter {
  private final long usual;
  private final long relayed;
  private final Duration patience;
  private final ProblemWriter problems;

  BodyLimit(WebProperties properties, RelayProperties relay, ProblemWriter problems) {
    this.usual = properties.maxBody().toBytes();
    this.relayed = relay.maxBody().toBytes();
    this.patience = properties.requestTimeout();
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = RequestPaths.openAi(request) ? relayed : usual;
    if (request.getContentLengthLong() > limit) {
      // Nobody reads the rest: the connection is of no more use.
      response.setHeader(HttpHeaders.CONNECTION, "close");
      problems.write(new BodyTooLargeException(limit).problem(), request, response);
    } else {
      chain.doFilter(new LimitedRequest(request, limit, patience), response);
    }
  }

  /** A request whose body has yet to come. */
  private static final class LimitedRequest extends HttpServletRequestWrapper {
    private final long limit;
    private final Duration patience;
    private final long begin = System.nanoTime();

    LimitedRequest(HttpServletRequest request, long limit, Duration patience) {
      super(request);
      this.limit = limit;
      this.patience = patience;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limit, begin, patience);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      String encoding = getCharacterEncoding();
      Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
      return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }
  }

  /** Fails once more than the limit has been read, or the time for it is over. */
  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream in;
    private final long limit;
    private final long begin;
    private final Duration patience;
    private long read;

    LimitedStream(ServletInputStream in, long limit, long begin, Duration patience) {
      this.in = in;
      this.limit = limit;
      this.begin = begin;
      this.patience = patience;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int got = in.read(into, offset, length);
      count(Math.max(0, got));
      return got;
    }

    private void count(int bytes) throws IOException {
      read += bytes;
      if (read > limit) {
        throw new BodyTooLargeException(limit);
      }
      if (bytes > 0 && System.nanoTime() - begin > patience.toNanos()) {
        throw new SocketTimeoutException("the body took longer than " + patience);
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
