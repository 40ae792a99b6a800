package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.fixtures.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Behind a proxy that nobody has configured for streams: nginx gathers answers unless it is told
 * not to.
 */
class NginxIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void tokensArriveOneByOneThroughNginxAsItIs(@TempDir Path folder) throws Exception {
    String nginx = Tool.require("nginx");
    try (var service = PackagedService.start(folder, Map.of(), "--spring.profiles.active=demo")) {
      int port = freePort();
      Process proxy = start(nginx, folder, port, service.address());
      try {
        for (String path : List.of("/chat", "/api/conversations/nginx/turns")) {
          assertThat(firstTokens(port, path)).as(path).isEqualTo(3);
        }
      } finally {
        proxy.destroy();
        proxy.waitFor();
      }
    }
  }

  /** How many tokens have come while the stream, which then falls silent, is still open. */
  private static int firstTokens(int port, String path) throws Exception {
    String question = "/sim tokens=10 stall-after=3 stall-for=60s";
    String body =
        path.equals("/chat")
            ? "{\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}"
            : "{\"message\":\"" + question + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
      var lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
      int tokens = 0;
      while (tokens < 3) {
        String line = String.valueOf(lines.readLine());
        tokens += line.startsWith("data: ") && !line.contains("\"turn\"") ? 1 : 0;
      }
      return tokens;
    } finally {
      client.shutdownNow();
    }
  }

  /** With Debian's defaults: nothing is set but where things lie. */
  private static Process start(String nginx, Path folder, int port, String upstream)
      throws IOException {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen 127.0.0.1:%2$d;
            location / {
              proxy_pass http://%3$s;
            }
          }
        }
        """
            .formatted(folder, port, upstream.replace("localhost", "127.0.0.1")));
    Process process =
        new ProcessBuilder(nginx, "-p", folder.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    awaitPort(process, folder, port);
    return process;
  }

  private static void awaitPort(Process process, Path folder, int port) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!open(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(Files.readString(folder.resolve("nginx.log")));
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static boolean open(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
