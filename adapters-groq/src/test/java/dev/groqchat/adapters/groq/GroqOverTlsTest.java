package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers are asked over TLS, which hides how much has come: a record is read at a time. */
class GroqOverTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  private static SSLContext usual;
  private static SSLContext ours;

  @BeforeAll
  static void trustOurselves() throws Exception {
    Path keys = folder.resolve("keys.p12");
    makeKeys(keys);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    ours = SSLContext.getInstance("TLS");
    ours.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    usual = SSLContext.getDefault();
    SSLContext.setDefault(ours);
  }

  private static void makeKeys(Path file) throws Exception {
    String command =
        "%s -genkeypair -alias provider -keyalg EC -dname CN=localhost -ext san=dns:localhost -keystore %s -storepass %s"
            .formatted(Path.of(System.getProperty("java.home"), "bin", "keytool"), file, PASSWORD);
    Process keytool = new ProcessBuilder(command.split(" ", -1)).inheritIO().start();
    assertThat(keytool.waitFor(60, SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
  }

  @AfterAll
  static void trustAsUsual() {
    SSLContext.setDefault(usual);
  }

  @Test
  void takesAllThatHasComeInHoweverManyRecords() throws Exception {
    try (SSLServerSocket server = server();
        Gateway gateway = Gateway.to(url(server))) {
      CountDownLatch written = new CountDownLatch(1);
      Thread provider =
          serving(
              server,
              out -> {
                chunk(out, token(0));
                for (int i = 1; i <= 500; i++) {
                  chunk(out, token(i));
                }
                written.countDown();
                chunk(out, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
                chunk(out, "[DONE]");
                RawServer.say(out, "0\r\n\r\n");
              });
      List<Part> parts = new ArrayList<>();
      int times = 0;
      try (ReplyStream reply = gateway.model.answer(question())) {
        assertThat(written.await(20, SECONDS)).isTrue();
        while (parts.isEmpty() || !(parts.getLast() instanceof Part.End)) {
          parts.addAll(reply.next());
          times++;
        }
      }
      assertThat(text(parts)).startsWith("0 1 2 ").endsWith(" 499 500 ");
      assertThat(times).isLessThan(50);
      provider.join();
    }
  }

  @Test
  void closingIsSeenAtOnce() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (SSLServerSocket server = server();
        Gateway gateway = Gateway.to(url(server))) {
      Thread provider =
          serving(
              server,
              out -> {
                try {
                  while (true) {
                    chunk(out, token(1));
                  }
                } finally {
                  gone.countDown();
                }
              });
      try (ReplyStream reply = gateway.model.answer(question())) {
        assertThat(reply.next()).isNotEmpty();
      }
      assertThat(gone.await(2, SECONDS)).isTrue();
      provider.join();
    }
  }

  private interface Answer {
    void to(OutputStream out) throws IOException;
  }

  private static SSLServerSocket server() throws IOException {
    return (SSLServerSocket)
        ours.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static URI url(SSLServerSocket server) {
    return URI.create("https://localhost:" + server.getLocalPort());
  }

  /** Each write is a record. */
  private static Thread serving(SSLServerSocket server, Answer answer) {
    return Thread.startVirtualThread(() -> {
      try (var socket = server.accept()) {
        RawServer.readRequest(new BufferedInputStream(socket.getInputStream()));
        OutputStream out = socket.getOutputStream();
        RawServer.say(
            out,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        answer.to(out);
      } catch (IOException _) {
        // The client has gone, as it should.
      }
    });
  }

  private static String token(int i) {
    return "{\"choices\":[{\"delta\":{\"content\":\"" + i + " \"}}]}";
  }

  private static void chunk(OutputStream out, String data) throws IOException {
    String event = "data: " + data + "\n\n";
    RawServer.say(out, Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }
}
