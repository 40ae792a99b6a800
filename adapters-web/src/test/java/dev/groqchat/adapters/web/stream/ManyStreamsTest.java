package dev.groqchat.adapters.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OverHttp
class ManyStreamsTest {
  private static final int MANY = 200;

  private final Site site;

  ManyStreamsTest(Site site) {
    this.site = site;
  }

  @Test
  void twoHundredStreamAtOnce() throws Exception {
    Gate gate = new Gate();
    String message = site.asking(Script.script().says("one").waits(gate).says("two").ends());
    // With a temperature: else they would share one reply.
    String body =
        "{\"temperature\":1,\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]}";
    int before = site.fakes().model().open();

    List<Background<Answer>> streams =
        IntStream.range(0, MANY)
            .mapToObj(n -> Background.run(() -> site.post("/chat", body)))
            .toList();
    Site.until(() -> site.fakes().model().open() == before + MANY);
    gate.open();

    for (Background<Answer> stream : streams) {
      assertThat(stream.result().frames())
          .isEqualTo(
              "data: {\"content\":\"one\"}\n\ndata: {\"content\":\"two\"}\n\ndata: [DONE]\n\n");
    }
  }
}
