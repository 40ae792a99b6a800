package dev.groqchat.adapters.web.container;

import dev.groqchat.adapters.web.network.TrustedProxies;
import dev.groqchat.adapters.web.settings.WebProperties;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What has to be settled before a request becomes one of Spring's. */
@Component
class Gatehouse implements WebServerFactoryCustomizer<TomcatWebServerFactory> {
  private final WebProperties properties;

  Gatehouse(WebProperties properties) {
    this.properties = properties;
  }

  @Override
  public void customize(TomcatWebServerFactory factory) {
    factory.setProtocol(PunctualProtocol.class.getName());
    factory.addConnectorCustomizers(connector -> {
      ((PunctualProtocol) connector.getProtocolHandler()).setPatience(properties.writeTimeout());
      connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
      // Nothing here takes forms, and Tomcat would read them by itself, however long they take.
      connector.setParseBodyMethods("");
    });
    // Around all that may answer, the container's own errors included.
    factory.addEngineValves(new LeftoversValve(properties.writeTimeout()));
    factory.addContextCustomizers(context -> {
      context.getPipeline().addValve(new EncodedSlashValve());
      context.getPipeline().addValve(new TlsValve(TrustedProxies.of(properties.trustedProxies())));
      context.getPipeline().addValve(new PeerValve());
    });
  }
}
