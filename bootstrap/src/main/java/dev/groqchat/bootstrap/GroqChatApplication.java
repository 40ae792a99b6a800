package dev.groqchat.bootstrap;

import dev.groqchat.adapters.groq.GroqConfiguration;
import dev.groqchat.adapters.persistence.PersistenceConfiguration;
import dev.groqchat.adapters.socketio.SocketIoConfiguration;
import dev.groqchat.adapters.web.WebConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Import;

/** The service. Each adapter is one imported configuration: another one is plugged in here. */
@SpringBootApplication
@Import({
  PersistenceConfiguration.class,
  GroqConfiguration.class,
  WebConfiguration.class,
  SocketIoConfiguration.class
})
public class GroqChatApplication {
  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(GroqChatApplication.class);
    application.addListeners(new ApplicationReady());
    application.run(args);
  }

  /**
   * A service that has been ready, and ends because it was told to, ends well: exit code 0. The
   * JVM's own for a signal would be 143, which orchestrators show as an error.
   */
  private static final class ApplicationReady
      implements ApplicationListener<ApplicationReadyEvent> {
    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
      SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
    }
  }
}
