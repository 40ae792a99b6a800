package dev.groqchat.bootstrap;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Bounds what the kernel keeps for a client that does not read. Left to itself, Linux lets a
 * socket's buffer grow to 4 MiB (tcp_wmem); a thousand such clients would take 4 GiB. 128 KiB carry
 * over a megabyte a second around the world.
 */
@Component
class SendBuffers implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final int BYTES = 128 * 1024;

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addConnectorCustomizers(
        connector -> connector.setProperty("socket.txBufSize", Integer.toString(BYTES)));
  }
}
