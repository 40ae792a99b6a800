package dev.groqchat.simulator;

/** What an answer cost, in tokens and nanoseconds. */
record Usage(
    int promptTokens,
    int completionTokens,
    int reasoningTokens,
    long queueNanos,
    long completionNanos) {
  /** Recorded: about 45 us a token. */
  private static final long NANOS_PER_PROMPT_TOKEN = 45_000;

  /** As OpenRouter tells it. */
  String openRouter() {
    return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,\"cost\":0.00014,\"is_byok\":false,\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":%d}}"
        .formatted(
            promptTokens, completionTokens, promptTokens + completionTokens, reasoningTokens);
  }

  String json() {
    long promptNanos = promptTokens * NANOS_PER_PROMPT_TOKEN;
    String details =
        reasoningTokens == 0
            ? ""
            : ",\"completion_tokens_details\":{\"reasoning_tokens\":" + reasoningTokens + "}";
    return "{\"queue_time\":"
        + GoJson.seconds(queueNanos)
        + ",\"prompt_tokens\":"
        + promptTokens
        + ",\"prompt_time\":"
        + GoJson.seconds(promptNanos)
        + ",\"completion_tokens\":"
        + completionTokens
        + ",\"completion_time\":"
        + GoJson.seconds(completionNanos)
        + ",\"total_tokens\":"
        + (promptTokens + completionTokens)
        + ",\"total_time\":"
        + GoJson.seconds(promptNanos + completionNanos)
        + details
        + "}";
  }
}
