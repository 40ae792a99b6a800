package dev.groqchat.adapters.socketio;

import dev.groqchat.application.fixtures.Fakes;
import dev.groqchat.application.usecase.UseCases;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests that talk to the surface as its clients do. After each, nothing is left of it. */
@SpringBootTest(
    classes = TestService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.threads.virtual.enabled=true",
      "spring.main.banner-mode=off",
      "groqchat.socketio.time-zone=Europe/Berlin",
      "groqchat.socketio.allowed-origins=https://friend.example",
      "groqchat.socketio.max-pending=3",
      "groqchat.socketio.max-payload=64KB"
    })
abstract class OverSocketIo {
  @LocalServerPort private int port;
  @Autowired Connections connections;
  @Autowired UseCases useCases;
  @Autowired Fakes fakes;
  @Autowired Doorkeeper doorkeeper;

  URI service() {
    return URI.create("http://localhost:" + port);
  }

  @AfterEach
  void nothingIsLeft() {
    Eventually.holds("no connection is left", () -> connections.size() == 0);
    Eventually.holds("no turn is left", () -> useCases.openTurns() == 0);
    Eventually.holds("the model is not busy", () -> fakes.model().open() == 0);
    // What one test was answered is no answer to another's question.
    fakes.replies().clear();
  }
}
