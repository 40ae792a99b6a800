package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a newcomer without a key gets. */
@ExtendWith(OutputCaptureExtension.class)
class DemoTest {
  @Test
  void theDemoAnswersAndSaysThatItIsOne(CapturedOutput output) throws Exception {
    try (Service service = Service.demo()) {
      String question = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false}";

      assertThat(service.post("/chat", question, Map.of()).body()).contains("simulator");
      assertThat(service.get("/api/status", Map.of()).body())
          .contains("\"demo\":true", "\"provider\":\"simulator\"");
    }
    assertThat(output).contains("DEMO: no model is asked");
  }
}
