package dev.groqchat.bootstrap.traces;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether it is said where traces go. Without it no class of OpenTelemetry is loaded. */
final class TracesWanted implements Condition {
  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return StringUtils.hasText(context.getEnvironment().getProperty("groqchat.traces.endpoint"));
  }
}
