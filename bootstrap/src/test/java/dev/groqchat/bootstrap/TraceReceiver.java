package dev.groqchat.bootstrap;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A receiver of OTLP over HTTP on a free port, and what it has been sent. */
final class TraceReceiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpServer server;
  private final BlockingQueue<Export> arriving = new LinkedBlockingQueue<>();
  private final List<Export> arrived = new ArrayList<>();

  private TraceReceiver(HttpServer server) {
    this.server = server;
  }

  static TraceReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TraceReceiver receiver = new TraceReceiver(server);
    server.createContext("/", receiver::receive);
    server.start();
    return receiver;
  }

  /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} is to say. */
  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void receive(HttpExchange exchange) throws IOException {
    ByteString body = ByteString.readFrom(exchange.getRequestBody());
    arriving.add(
        new Export(
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        it -> it.getKey().toLowerCase(Locale.ROOT),
                        it -> it.getValue().getFirst())),
            body));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** Waits until one such has come. */
  Span await(Predicate<Span> which) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (spans().stream().noneMatch(which)) {
      Export next = arriving.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError("no such span among " + spans());
      }
      arrived.add(next);
    }
    return spans().stream().filter(which).findFirst().orElseThrow();
  }

  /** What has come so far, as far as that was waited for. */
  List<Span> spans() {
    return exports().stream()
        .flatMap(export -> export.request().getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  List<Export> exports() {
    return List.copyOf(arrived);
  }

  /** A span's attributes, as texts. */
  static Map<String, String> attributes(Span span) {
    return attributes(span.getAttributesList());
  }

  static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, it -> text(it.getValue())));
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(TraceReceiver::text).toList() + "";
      default -> throw new AssertionError("nothing is sent like this: " + value);
    };
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** One request, its headers' names in small letters. */
  record Export(String path, Map<String, String> headers, ByteString body) {
    ExportTraceServiceRequest request() {
      try {
        return ExportTraceServiceRequest.parseFrom(body);
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Texts stand in it as they are. */
    String raw() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
