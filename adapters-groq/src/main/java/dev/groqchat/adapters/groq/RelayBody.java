package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel.Question;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;

/**
 * A question in the asker's own words as it goes to the provider: byte by byte the same, but for
 * the model where another one is asked than the words say; that usage is asked for in a stream,
 * always; and what is {@link Unwanted} at Groq.
 */
final class RelayBody {
  private static final String STREAM_OPTIONS = "stream_options";
  private static final String INCLUDE_USAGE = "include_usage";

  private final byte[] json;
  private final boolean usageWanted;

  private RelayBody(byte[] json, boolean usageWanted) {
    this.json = json;
    this.usageWanted = usageWanted;
  }

  /**
   * The body for a question.
   *
   * @param strict whether what is unwanted is left out
   */
  static RelayBody of(Question.Verbatim question, boolean strict) {
    byte[] words = question.words().getBytes(StandardCharsets.UTF_8);
    try {
      return changed(words, question, strict);
    } catch (JacksonException _) {
      // What cannot be read here is the provider's to refuse.
      return new RelayBody(words, false);
    }
  }

  private static RelayBody changed(byte[] words, Question.Verbatim question, boolean strict) {
    JsonObject request = JsonObject.of(words);
    JsonPatch patch = new JsonPatch(words);
    if (strict) {
      patch.strip(request, Unwanted::inRequest);
      for (JsonObject message : request.objects("messages")) {
        patch.strip(message, member -> Unwanted.inMessage(message, member));
      }
    }
    setModel(patch, request, question);
    JsonObject options = request.object(STREAM_OPTIONS);
    JsonObject.Member asked = options == null ? null : options.member(INCLUDE_USAGE);
    boolean usageWanted = asked != null && asked.says("true");
    if (question.inPieces() && !usageWanted) {
      askForUsage(patch, request);
    }
    return new RelayBody(patch.applied(), usageWanted);
  }

  private static void setModel(JsonPatch patch, JsonObject request, Question.Verbatim question) {
    String model = Json.MAPPER.writeValueAsString(question.model().value());
    JsonObject.Member said = request.member("model");
    if (said == null
        || !Json.MAPPER.readTree(said.text()).asString("").equals(question.model().value())) {
      patch.set(request, "model", model);
    }
  }

  /** What is there and no object is left to the provider to refuse, unless it is nothing. */
  private static void askForUsage(JsonPatch patch, JsonObject request) {
    JsonObject options = request.object(STREAM_OPTIONS);
    JsonObject.Member there = request.member(STREAM_OPTIONS);
    if (options != null) {
      patch.set(options, INCLUDE_USAGE, "true");
    } else if (there == null || there.says("null")) {
      patch.set(request, STREAM_OPTIONS, "{\"" + INCLUDE_USAGE + "\":true}");
    }
  }

  byte[] json() {
    return json;
  }

  /** Whether the words themselves ask for usage in a stream. */
  boolean usageWanted() {
    return usageWanted;
  }
}
