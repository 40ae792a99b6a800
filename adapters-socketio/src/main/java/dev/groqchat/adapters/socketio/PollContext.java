package dev.groqchat.adapters.socketio;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An asynchronous request whose thread waits. Only what the library calls does anything. */
final class PollContext implements AsyncContext {
  private final ServletRequest request;
  private final ServletResponse response;
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile @Nullable AsyncListener listener;

  PollContext(ServletRequest request, ServletResponse response) {
    this.request = request;
    this.response = response;
  }

  void await(Duration patience) throws InterruptedException {
    AsyncListener told = listener;
    if (answered.await(patience.toNanos(), TimeUnit.NANOSECONDS) || told == null) {
      return;
    }
    try {
      told.onTimeout(new AsyncEvent(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void lost() {
    AsyncListener told = listener;
    if (told != null) {
      try {
        told.onError(new AsyncEvent(this));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void complete() {
    answered.countDown();
  }

  @Override
  public void addListener(AsyncListener listener) {
    this.listener = listener;
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    this.listener = listener;
  }

  @Override
  public ServletRequest getRequest() {
    return request;
  }

  @Override
  public ServletResponse getResponse() {
    return response;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return false;
  }

  @Override
  public void setTimeout(long timeout) {
    // Whoever waits says how long.
  }

  @Override
  public long getTimeout() {
    return 0;
  }

  @Override
  public void dispatch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void start(Runnable run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) {
    throw new UnsupportedOperationException();
  }
}
