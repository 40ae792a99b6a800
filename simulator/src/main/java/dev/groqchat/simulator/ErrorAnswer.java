package dev.groqchat.simulator;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An error as the provider sends it: status, body and the headers that go with it. */
record ErrorAnswer(int status, String contentType, String body, Map<String, String> headers) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String JSON = "application/json";
  private static final String INVALID = "invalid_request_error";
  private static final String ORGANIZATION = "org_01simulatorsimulatorsimula";
  private static final String BILLING =
      " Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing";

  static ErrorAnswer badRequest(String message) {
    return json(
        400,
        "{\"error\":{\"message\":" + GoJson.quote(message) + ",\"type\":\"" + INVALID + "\"}}");
  }

  /** Recorded: the same for a missing key. */
  static ErrorAnswer invalidKey() {
    return coded(401, "Invalid API Key", "invalid_api_key");
  }

  static ErrorAnswer unknownModel(String model) {
    return coded(
        404,
        "The model `" + model + "` does not exist or you do not have access to it.",
        "model_not_found");
  }

  static ErrorAnswer unknownUrl(String method, String path) {
    return coded(
        404,
        "Unknown request URL: "
            + method
            + " "
            + path
            + ". Please check the URL for typos, or see the docs at https://console.groq.com/docs/",
        "unknown_url");
  }

  static ErrorAnswer tooLarge() {
    return of(413, "Request Entity Too Large", INVALID, "request_too_large");
  }

  /** 413 if no wait will help, else 429, which alone says how long. */
  static ErrorAnswer limited(String model, Limits.Denial denial) {
    String where =
        " for model `"
            + model
            + "` in organization `"
            + ORGANIZATION
            + "` service tier `on_demand` on "
            + denial.words()
            + ": Limit "
            + denial.limit();
    if (denial.tooLarge()) {
      String message =
          "Request too large"
              + where
              + ", Requested "
              + denial.requested()
              + ", please reduce your message size and try again."
              + BILLING;
      return of(413, message, denial.type(), "rate_limit_exceeded");
    }
    String message =
        "Rate limit reached"
            + where
            + ", Used "
            + denial.used()
            + ", Requested "
            + denial.requested()
            + ". Please try again in "
            + GoDuration.format(denial.retryAfter())
            + "."
            + BILLING;
    return of(429, message, denial.type(), "rate_limit_exceeded")
        .with("retry-after", denial.retryAfterSeconds());
  }

  static ErrorAnswer overCapacity(String model) {
    String message =
        model
            + " is currently over capacity. Please try again and back off exponentially. Visit https://groqstatus.com to see if there is an active incident.";
    return json(
        503,
        "{\"error\":{\"message\":"
            + GoJson.quote(message)
            + ",\"type\":\"internal_server_error\"}}");
  }

  static ErrorAnswer coded(int status, String message, String code) {
    return of(status, message, INVALID, code);
  }

  static ErrorAnswer of(int status, String message, String type, String code) {
    return json(
        status,
        "{\"error\":{\"message\":"
            + GoJson.quote(message)
            + ",\"type\":\""
            + type
            + "\",\"code\":\""
            + code
            + "\"}}");
  }

  static ErrorAnswer openRouter(int status, String message) {
    String raw = "{\"error\":{\"message\":" + GoJson.quote(message) + "}}";
    return json(
        status,
        "{\"error\":{\"code\":"
            + status
            + ",\"message\":"
            + GoJson.quote(message)
            + ",\"metadata\":{\"provider_name\":\"Groq\",\"raw\":"
            + GoJson.quote(raw)
            + "}},\"user_id\":\"user_simulator\"}");
  }

  /** The same in OpenRouter's form, if it is the API's own; what a proxy says stays as it is. */
  ErrorAnswer asOpenRouter() {
    if (!contentType.equals(JSON)) return this;
    var error = MAPPER.readTree(body).path("error");
    if (error.path("code").isInt()) return this;
    var answer = openRouter(status, error.path("message").asString(""));
    return new ErrorAnswer(status, JSON, answer.body, headers);
  }

  /** Recorded for 401; a recorded content-length of 199 shows the same line end on a 400. */
  static ErrorAnswer json(int status, String body) {
    return new ErrorAnswer(status, JSON, body + "\n", Map.of());
  }

  static ErrorAnswer cloudflare(int status, String words) {
    String page =
        """
        <!DOCTYPE html>
        <html lang="en-US">
        <head>
        <title>api.groq.com | %1$d: %2$s</title>
        <meta charset="UTF-8" />
        </head>
        <body>
        <div id="cf-wrapper"><h1><span>%2$s</span> <span>Error code %1$d</span></h1></div>
        </body>
        </html>
        """
            .formatted(status, words);
    return new ErrorAnswer(status, "text/html; charset=UTF-8", page, Map.of());
  }

  private ErrorAnswer with(String name, String value) {
    return new ErrorAnswer(status, contentType, body, Map.of(name, value));
  }
}
