package dev.groqchat.bootstrap;

import dev.groqchat.application.usecase.TurnSettings;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.model.ModelId;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What turns are made with unless they are told otherwise, and their bounds. Lengths are in code
 * points.
 *
 * @param maxTokens the most tokens a reply may have
 * @param maxExchanges the most earlier exchanges the model sees
 * @param systemPrompt for conversations without one of their own; blank for none
 * @param maxConcurrentTurns how many turns run at a time
 * @param queueCapacity how many more may wait
 * @param drainTimeout how long open turns may go on once the service is told to end
 */
@Validated
@ConfigurationProperties("groqchat.chat")
record ChatProperties(
    @NotBlank @DefaultValue("openai/gpt-oss-120b") String model,
    @Min(1) @DefaultValue("1024") int maxTokens,
    @Min(0) @DefaultValue("20") int maxExchanges,
    @Nullable String systemPrompt,
    @Min(1) @DefaultValue("32000") int maxMessageLength,
    @Min(1) @DefaultValue("4000") int maxPromptLength,
    @Min(1) @DefaultValue("5000") int maxConcurrentTurns,
    @Min(0) @DefaultValue("1000") int queueCapacity,
    @DefaultValue("30s") Duration drainTimeout) {

  ChatProperties {
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException("groqchat.chat.drain-timeout must not be negative");
    }
  }

  TurnSettings settings() {
    return new TurnSettings(
        new ModelId(model),
        maxTokens,
        maxExchanges,
        systemPrompt == null || systemPrompt.isBlank() ? null : systemPrompt,
        new MessageRules(maxMessageLength, maxPromptLength),
        Math.addExact(maxConcurrentTurns, queueCapacity));
  }
}
