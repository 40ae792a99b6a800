package dev.groqchat.bootstrap;

import static dev.groqchat.bootstrap.TraceReceiver.attributes;
import static dev.groqchat.bootstrap.TraceReceiver.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SimulatorConfig;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a receiver of traces is sent of requests, turns and relays. */
@ExtendWith(OutputCaptureExtension.class)
class TracesTest {
  private static final String MODEL = "openai/gpt-oss-120b";
  private static final String OTHER_MODEL = "openai/gpt-oss-20b";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String CHAT = "chat " + MODEL;
  private static final String TURNS = "POST /api/conversations/{conversation}/turns";
  private static final String RELAYS = "POST /openai/v1/chat/completions";

  private static Service traced(TraceReceiver receiver, String... settings) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "OTEL_EXPORTER_OTLP_ENDPOINT=" + receiver.endpoint();
    return Service.start(SimulatorConfig.fast(), all);
  }

  private static Predicate<Span> named(String name) {
    return span -> span.getName().equals(name);
  }

  private static HttpResponse<String> turn(Service service, String message, String... headers)
      throws Exception {
    return service.post(
        "/api/conversations/traced/turns",
        "{\"message\":\"" + message + "\",\"temperature\":0.5,\"max_tokens\":77}",
        headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]));
  }

  @Test
  void withoutAnEndpointThereIsNothingThatCouldMakeOrSendASpan() throws Exception {
    try (var service = Service.start(SimulatorConfig.fast())) {
      assertThat(turn(service, "Hello!").statusCode()).isEqualTo(200);

      assertThat(service.context().getBeanNamesForType(ChatModel.class)).hasSize(1);
      assertThat(service.context().getBeanDefinitionNames())
          .noneMatch(it -> it.toLowerCase(Locale.ROOT).contains("trace"));
    }
  }

  @Test
  void aTurnIsAQuestionToTheModelWithinItsRequestAndThatWithinItsCallersTrace(CapturedOutput log)
      throws Exception {
    try (var receiver = TraceReceiver.start();
        var service = traced(receiver)) {
      service.simulator().script(Script.saying("One. Two."));

      turn(service, "Count!", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");

      Span request = receiver.await(named(TURNS));
      Span chat = receiver.await(named(CHAT));
      assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
      assertThat(hex(request.getParentSpanId())).isEqualTo(CALLER);
      assertThat(attributes(request))
          .containsOnly(
              Map.entry("http.request.method", "POST"),
              Map.entry("http.route", "/api/conversations/{conversation}/turns"),
              Map.entry("http.response.status_code", "200"),
              Map.entry("url.scheme", "http"));
      assertThat(chat.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(chat.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(chat.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(chat.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
      assertThat(attributes(chat))
          .containsEntry("gen_ai.operation.name", "chat")
          .containsEntry("gen_ai.provider.name", "groq")
          .containsEntry("gen_ai.request.model", MODEL)
          .containsEntry("gen_ai.request.stream", "true")
          .containsEntry("gen_ai.request.temperature", "0.5")
          .containsEntry("gen_ai.request.max_tokens", "77")
          .containsEntry("gen_ai.response.model", MODEL)
          .containsEntry("gen_ai.response.finish_reasons", "[stop]")
          .containsEntry("server.address", service.simulator().baseUrl().getHost())
          .containsEntry("server.port", "" + service.simulator().baseUrl().getPort())
          .containsKeys(
              "gen_ai.response.time_to_first_chunk",
              "gen_ai.usage.input_tokens",
              "gen_ai.usage.output_tokens")
          .hasSize(13);
      assertThat(service.simulator().requests().getLast().headers().toString())
          .doesNotContainIgnoringCase("traceparent");
      assertThat(log.getOut().lines().filter(it -> it.contains("dev.groqchat.access")))
          .anyMatch(it -> it.contains("\"trace_id\":\"" + TRACE + "\""));
    }
  }

  @Test
  void aStreamsRequestEndsWithTheStreamAndAfterItsQuestion() throws Exception {
    try (var receiver = TraceReceiver.start();
        var service = traced(receiver)) {
      turn(service, "Hello!", "Accept", "text/event-stream");

      Span request = receiver.await(named(TURNS));
      Span chat = receiver.await(named(CHAT));
      assertThat(chat.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(request.getEndTimeUnixNano()).isGreaterThanOrEqualTo(chat.getEndTimeUnixNano());
    }
  }

  @Test
  void aRelayIsAQuestionToo() throws Exception {
    try (var receiver = TraceReceiver.start();
        var service = traced(receiver)) {
      relay(service, MODEL, false);
      relay(service, OTHER_MODEL, true);

      Span request = receiver.await(named(RELAYS));
      Span whole = receiver.await(named(CHAT));
      Span streamed = receiver.await(named("chat " + OTHER_MODEL));
      assertThat(whole.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(attributes(whole))
          .containsEntry("gen_ai.response.finish_reasons", "[stop]")
          .containsKey("gen_ai.usage.output_tokens")
          .doesNotContainKeys("gen_ai.request.stream", "gen_ai.response.time_to_first_chunk");
      assertThat(attributes(streamed))
          .containsEntry("gen_ai.request.stream", "true")
          .containsKey("gen_ai.response.time_to_first_chunk");
    }
  }

  private static HttpResponse<String> relay(Service service, String model, boolean stream)
      throws Exception {
    return service.post(
        "/openai/v1/chat/completions",
        "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]}"
            .formatted(model, stream),
        Map.of());
  }

  @Test
  void whatFailsSaysWhy() throws Exception {
    try (var receiver = TraceReceiver.start();
        var service = traced(receiver)) {
      service.simulator().script(Script.refusing(401));

      assertThat(turn(service, "Hello!").statusCode()).isEqualTo(502);

      Span chat = receiver.await(named(CHAT));
      Span request = receiver.await(named(TURNS));
      assertThat(chat.getStatus())
          .isEqualTo(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).build());
      assertThat(attributes(chat))
          .containsEntry("error.type", "model_refused")
          .doesNotContainKeys("gen_ai.response.model", "gen_ai.response.finish_reasons");
      assertThat(attributes(request)).containsEntry("error.type", "502");
    }
  }

  @Test
  void whatIsCutInTheMiddleSaysSo() throws Exception {
    try (var receiver = TraceReceiver.start();
        var service = traced(receiver)) {
      // Slowly: what breaks before anything was read of it is asked again.
      service.simulator().scriptEach(_ -> Optional.of(Script.of("tokens=20 rate=20 cut-after=5")));

      turn(service, "Hello!");

      assertThat(attributes(receiver.await(named(CHAT))))
          .containsEntry("error.type", "reply_cut")
          .containsEntry("gen_ai.response.model", MODEL);
    }
  }

  @Test
  void anotherModelThatAnsweredInsteadIsAQuestionOfItsOwn() throws Exception {
    try (var receiver = TraceReceiver.start();
        var service = traced(receiver, "FALLBACK_MODELS=" + OTHER_MODEL)) {
      service
          .simulator()
          .scriptEach(request ->
              request.json().path("model").asString("").equals(MODEL)
                  ? Optional.of(Script.refusing(500))
                  : Optional.empty());

      assertThat(turn(service, "Hello!").statusCode()).isEqualTo(200);

      Span meant = receiver.await(named(CHAT));
      Span instead = receiver.await(named("chat " + OTHER_MODEL));
      assertThat(attributes(meant)).containsEntry("error.type", "model_unavailable");
      assertThat(attributes(instead))
          .containsKey("gen_ai.response.finish_reasons")
          .doesNotContainKey("error.type");
      assertThat(instead.getParentSpanId()).isEqualTo(meant.getParentSpanId());
      assertThat(receiver.spans()).filteredOn(named(CHAT)).hasSize(1);
    }
  }

  @Test
  void noTextNoKeyAndNothingThatAClientChoosesIsInASpan() throws Exception {
    try (var receiver = TraceReceiver.start();
        var service =
            traced(
                receiver,
                "API_KEY=secret-key",
                "SYSTEM_PROMPT=secret-prompt",
                "OTEL_EXPORTER_OTLP_HEADERS=x-tenant=secret%20tenant,x-other=a+b")) {
      service.simulator().script(Script.saying("secret reply").thinking("secret thought"));
      Map<String, String> headers =
          Map.of(
              "X-API-Key",
              "secret-key",
              "X-Request-ID",
              "secret-id",
              "User-Agent",
              "secret-browser",
              "traceparent",
              "00-" + TRACE + "-" + CALLER + "-01",
              "tracestate",
              "a=secret-state");

      service.post(
          "/api/conversations/secret/turns?secret=secret", "{\"message\":\"secret\"}", headers);
      service.post(
          "/openai/v1/chat/completions",
          "{\"model\":\"secret/model\",\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]}",
          headers);
      service.get("/secret", headers);

      receiver.await(named(TURNS));
      receiver.await(named("chat other"));
      receiver.await(span -> span.getName().startsWith("GET"));
      assertThat(receiver.exports())
          .allSatisfy(
              it -> assertThat(it.raw()).contains("groqchat").doesNotContainIgnoringCase("secret"));
      TraceReceiver.Export export = receiver.exports().getFirst();
      assertThat(export.path()).isEqualTo("/v1/traces");
      assertThat(export.headers())
          .containsEntry("x-tenant", "secret tenant")
          .containsEntry("x-other", "a+b");
    }
  }

  @Test
  void probesLeaveNoSpansAndWhatIsSampledIsSaid() throws Exception {
    try (var receiver = TraceReceiver.start();
        var service = traced(receiver, "OTEL_SERVICE_NAME=birds", "OTEL_TRACES_SAMPLER_ARG=0")) {
      for (String path : List.of("/health", "/metrics", "/actuator/health/readiness")) {
        service.get(path, Map.of("traceparent", "00-" + TRACE + "-" + CALLER + "-01"));
      }
      turn(service, "Not sampled.");
      turn(service, "Sampled.", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");

      receiver.await(named(TURNS));
      receiver.await(named(CHAT));
      assertThat(receiver.spans())
          .hasSize(2)
          .allSatisfy(it -> assertThat(hex(it.getTraceId())).isEqualTo(TRACE));
      assertThat(
              attributes(
                  receiver
                      .exports()
                      .getFirst()
                      .request()
                      .getResourceSpans(0)
                      .getResource()
                      .getAttributesList()))
          .containsEntry("service.name", "birds");
    }
  }

  @Test
  void aReceiverThatIsAwayHarmsNothingAndIsSpokenOfOnce(CapturedOutput log) throws Exception {
    String nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://localhost:" + socket.getLocalPort();
    }
    try (var service =
        Service.start(SimulatorConfig.fast(), "OTEL_EXPORTER_OTLP_ENDPOINT=" + nobody)) {
      assertThat(turn(service, "Hello!").statusCode()).isEqualTo(200);
      awaitIn(log, "traces cannot be delivered");
      assertThat(turn(service, "Hello again!").statusCode()).isEqualTo(200);
    }
    assertThat(log.getOut()).containsOnlyOnce("traces cannot be delivered");
    assertThat(log.getOut()).doesNotContain("Failed to export");
  }

  private static void awaitIn(CapturedOutput log, String words) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!log.getOut().contains(words)) {
      assertThat(System.nanoTime()).as(words).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
