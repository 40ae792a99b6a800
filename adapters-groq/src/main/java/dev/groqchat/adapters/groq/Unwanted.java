package dev.groqchat.adapters.groq;

import dev.groqchat.adapters.groq.JsonObject.Member;
import java.util.Set;

/**
 * What Groq's strict schema refuses although the answer would be the same without it. It is left
 * out, so that clients which always send it are answered:
 *
 * <pre>
 * where     property                                     left out if it is
 * request   store, metadata                              anything: about keeping, which Groq does not
 *           safety_identifier, prompt_cache_key,
 *           prompt_cache_retention                       anything: labels, and hints for caches
 *           logprobs                                     false, null
 *           top_logprobs                                 0, null
 *           logit_bias                                   {}, null
 *           any that Groq does not know                  null
 * message   name                                         anything, unless the role is function
 *           annotations                                  [], null
 *           any that Groq does not know, as
 *           refusal, audio                               null
 * </pre>
 *
 * What would change the answer is not left out, as {@code n:2}, {@code logprobs:true} or a {@code
 * prediction}: the provider says by itself that it cannot do that.
 */
final class Unwanted {
  private static final Set<String> LABELS =
      Set.of(
          "store", "metadata", "safety_identifier", "prompt_cache_key", "prompt_cache_retention");

  /** Null may mean something in these, or is the provider's to judge. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "temperature",
          "top_p",
          "max_completion_tokens",
          "max_tokens",
          "stop",
          "stream",
          "stream_options",
          "seed",
          "user",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call",
          "response_format",
          "reasoning_effort",
          "reasoning_format",
          "include_reasoning",
          "service_tier",
          "n",
          "frequency_penalty",
          "presence_penalty");

  private static final Set<String> KNOWN_OF_MESSAGES =
      Set.of("role", "content", "tool_calls", "tool_call_id", "function_call", "reasoning", "name");

  private Unwanted() {}

  /** Whether to leave this out of a request. */
  static boolean inRequest(Member member) {
    boolean nothing =
        switch (member.name()) {
          case "logprobs" -> member.says("false");
          case "top_logprobs" -> member.says("0");
          case "logit_bias" -> member.says("{}");
          default -> LABELS.contains(member.name());
        };
    return nothing || (member.says("null") && !KNOWN.contains(member.name()));
  }

  /** Whether to leave this out of a message. */
  static boolean inMessage(JsonObject message, Member member) {
    Member role = message.member("role");
    boolean nothing =
        switch (member.name()) {
          case "name" -> role == null || !role.says("\"function\"");
          case "annotations" -> member.says("[]");
          default -> false;
        };
    return nothing || (member.says("null") && !KNOWN_OF_MESSAGES.contains(member.name()));
  }
}
