package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChurnTest {
  private static final int CLIENTS = 6;
  private static final int VISITS = 500;

  /** Carriers of virtual threads come and go. */
  private static final int SPARE = 4;

  @Test
  void comingAndGoingLeavesNothingBehind() throws Exception {
    try (Service service = Service.start();
        Client host = service.talk()) {
      service.answers("all night", Script.script().says("hello").waits(new Gate()).ends());
      host.ask("{'type':'send','conversation':'c','message':'all night'}");
      String turn = host.upTo("delta").getFirst().get("turn").stringValue();
      visit(service, turn, 0);
      long threads = Threads.ofPlatform();
      List<Background<Boolean>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(
            Background.run(() -> {
              for (int visit = 0; visit < VISITS; visit++) {
                visit(service, turn, visit);
              }
              return true;
            }));
      }
      for (Background<Boolean> client : clients) {
        assertThat(client.result()).isTrue();
      }
      Service.until(() -> service.sockets() == 1 && service.fakes().journal().followings() == 1);
      // The host's one turn goes on.
      Service.until(() -> Threads.ofSockets() == 1);
      Service.until(() -> Threads.ofPlatform() <= threads + SPARE);
    }
  }

  private static void visit(Service service, String turn, int number) {
    Client client = service.talk();
    if (number % 3 == 0) {
      client.ask("{'type':'follow','turn':'%s'}", turn);
      List<JsonNode> _ = client.upTo("delta");
    }
    if (number % 2 == 0) {
      client.close();
    } else {
      client.vanish();
    }
  }
}
