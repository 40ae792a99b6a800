package dev.groqchat.bootstrap;

import dev.groqchat.application.usecase.TurnSettings;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.model.ModelId;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * @param queueTimeout how long one may wait
 * @param clientWeights how many turns of a client are let in for each one of a client without a
 *     weight
 * @param fallbackModels to ask, in this order, where the model that was meant does not answer
 * @param providerRequestsPerMinute what the provider allows of each model without saying so; 0 if
 *     unknown
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
    @DefaultValue("60s") Duration queueTimeout,
    @DefaultValue("") String clientWeights,
    @DefaultValue List<ModelId> fallbackModels,
    @Min(0) @DefaultValue("0") int providerRequestsPerMinute,
    @DefaultValue("30s") Duration drainTimeout) {

  private static final Pattern WEIGHT =
      Pattern.compile("(?<client>[^:]+):(?<weight>[1-9]\\d{0,2})");

  ChatProperties {
    weights(clientWeights);
    if (!queueTimeout.isPositive()) {
      throw new IllegalArgumentException("groqchat.chat.queue-timeout must be longer than nothing");
    }
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
        fallbackModels,
        new TurnSettings.Admission(
            maxConcurrentTurns,
            queueCapacity,
            queueTimeout,
            weights(clientWeights),
            providerRequestsPerMinute));
  }

  private static Map<String, Integer> weights(String text) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher weight = WEIGHT.matcher(part.strip());
      if (!weight.matches()) {
        throw new IllegalArgumentException(
            "groqchat.chat.client-weights must be as in alice:3,bob:1, each from 1 to 999");
      }
      weights.put(weight.group("client"), Integer.valueOf(weight.group("weight")));
    }
    return weights;
  }
}
