package dev.groqchat.adapters.web.container;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What has to be settled before a request becomes one of Spring's. */
@Component
class Gatehouse implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addConnectorCustomizers(connector ->
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    factory.addContextCustomizers(context -> {
      context.getPipeline().addValve(new EncodedSlashValve());
      context.getPipeline().addValve(new PeerValve());
    });
  }
}
