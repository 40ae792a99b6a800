package dev.groqchat.bootstrap;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Bounds what is kept for each client until it is sent, where thousands are open: by the kernel for
 * one that does not read, and by Tomcat for one to whom little is said at a time.
 */
@Component
class SendBuffers implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  /**
   * Left to itself, Linux lets a socket's buffer grow to 4 MiB (tcp_wmem); a thousand clients would
   * take 4 GiB. 128 KiB carry over a megabyte a second around the world.
   */
  private static final int KERNEL_BYTES = 128 * 1024;

  /**
   * Tomcat has three of these for each connection, one of them in chars, 8192 long if not told
   * otherwise. A gulp of tokens fits, and what is longer is written past them.
   */
  private static final int TOMCAT_BYTES = 2048;

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addConnectorCustomizers(connector -> {
      connector.setProperty("socket.txBufSize", Integer.toString(KERNEL_BYTES));
      connector.setProperty("socket.appWriteBufSize", Integer.toString(TOMCAT_BYTES));
    });
  }
}
