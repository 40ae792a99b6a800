package dev.groqchat.adapters.web.container;

import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.security.AccessLines;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Has {@link ContainerErrorValve} report what never becomes a request: Tomcat would answer with a
 * page of HTML. And leaves to us what Tomcat would answer before anybody is asked: TRACE, and that
 * a body which we refuse may come.
 */
@Component
class ContainerErrors implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
  private final ProblemWriter problems;
  private final AccessLines lines;

  ContainerErrors(ProblemWriter problems, AccessLines lines) {
    this.problems = problems;
    this.lines = lines;
  }

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addConnectorCustomizers(connector -> {
      connector.setAllowTrace(true);
      connector.setProperty("continueResponseTiming", "onRead");
    });
    factory.addContextCustomizers(context -> {
      StandardHost host = (StandardHost) context.getParent();
      host.getPipeline().addValve(new ContainerErrorValve(problems, lines));
      // The host adds one of this class of its own unless there is one.
      host.setErrorReportValveClass(ContainerErrorValve.class.getName());
    });
  }
}
