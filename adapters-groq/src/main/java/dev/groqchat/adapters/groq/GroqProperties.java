package dev.groqchat.adapters.groq;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.model.ModelId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the model provider is reached. Every wait has a limit of its own.
 *
 * @param provider whose API it is
 * @param baseUrl below which {@code chat/completions} and {@code models} lie. A missing scheme
 *     means https, and a missing path the provider's own, as {@code /openai/v1}; kept without a
 *     slash at its end
 * @param apiKey sent to the provider and never shown
 * @param connectTimeout the longest wait for a connection
 * @param firstTokenTimeout from the question to the first piece of the reply or of its reasoning,
 *     the wait for the provider's status included
 * @param silenceTimeout the longest silence after that
 * @param replyTimeout from the question to the end of the reply
 * @param defaultModel the first of the models on offer
 * @param userAgent what the provider is told that we are; some networks refuse Java's own
 * @param appUrl where we are found, for OpenRouter's statistics; an http(s) URL
 * @param appTitle what we are called there
 */
@ConfigurationProperties(prefix = "groqchat.groq")
public record GroqProperties(
    @DefaultValue("groq") Provider provider,
    @DefaultValue("https://api.groq.com") String baseUrl,
    String apiKey,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("30s") Duration firstTokenTimeout,
    @DefaultValue("15s") Duration silenceTimeout,
    @DefaultValue("5m") Duration replyTimeout,
    @DefaultValue("openai/gpt-oss-120b") ModelId defaultModel,
    @DefaultValue("groq-chat-service/0.1") String userAgent,
    @DefaultValue("http://localhost:8000") String appUrl,
    @DefaultValue("Groq Chat Service") String appTitle) {

  private static final Pattern KEY_FORM = Pattern.compile("[!-~]{1,1024}");
  private static final Pattern HEADER_FORM = Pattern.compile("[ -~]{1,256}");
  private static final Pattern URL_FORM = Pattern.compile("https?://[!-~]{1,256}");

  public GroqProperties {
    baseUrl = normalized(baseUrl, provider);
    apiKey = requireKey(apiKey);
    requirePositive("connect-timeout", connectTimeout);
    requirePositive("first-token-timeout", firstTokenTimeout);
    requirePositive("silence-timeout", silenceTimeout);
    requirePositive("reply-timeout", replyTimeout);
    requireHeader("user-agent", userAgent);
    requireHeader("app-title", appTitle);
    if (!URL_FORM.matcher(appUrl).matches()) {
      throw invalid("app-url", "must be an http(s) URL");
    }
  }

  /** Where something of the provider's is found. */
  URI endpoint(String path) {
    return URI.create(baseUrl + "/" + path);
  }

  /**
   * Whether it is Groq that is asked, which refuses what it does not know: by its host or, for a
   * proxy or a simulator, by its path. OpenAI's, vLLM's and others' is {@code /v1}, but for Azure.
   */
  boolean isStrict() {
    URI uri = URI.create(baseUrl);
    String host = "." + uri.getHost().toLowerCase(Locale.ROOT);
    return provider == Provider.GROQ
        && (host.endsWith(".groq.com")
            || (provider.path().equals(uri.getRawPath()) && !host.endsWith(".azure.com")));
  }

  /** How long the first piece of a reply may take, whatever limits that. */
  Duration beginningTimeout() {
    return beginning(true).limit();
  }

  /**
   * What a reply's first piece must not take.
   *
   * @param inPieces whether there are more than one
   */
  Failure.ModelTimeout beginning(boolean inPieces) {
    return inPieces && firstTokenTimeout.compareTo(replyTimeout) <= 0
        ? new Failure.ModelTimeout(Waiting.FIRST_TOKEN, firstTokenTimeout)
        : new Failure.ModelTimeout(Waiting.WHOLE_REPLY, replyTimeout);
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return "GroqProperties[provider=%s, baseUrl=%s, connectTimeout=%s, firstTokenTimeout=%s, silenceTimeout=%s, replyTimeout=%s, defaultModel=%s, userAgent=%s, appUrl=%s, appTitle=%s]"
        .formatted(
            provider,
            baseUrl,
            connectTimeout,
            firstTokenTimeout,
            silenceTimeout,
            replyTimeout,
            defaultModel,
            userAgent,
            appUrl,
            appTitle);
  }

  private static String normalized(String url, Provider provider) {
    String whole = url.strip();
    URI uri = parsed(whole.contains("://") ? whole : "https://" + whole);
    String path = uri.getRawPath() == null ? "" : trimmed(uri.getRawPath());
    return uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + (path.isEmpty() ? provider.path() : path);
  }

  private static URI parsed(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "https".equalsIgnoreCase(uri.getScheme()) || isPlain(uri);
      boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
      if (web && bare && uri.getHost() != null && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Said below, without the text: somebody may have put a key into it.
    }
    throw invalid("base-url", "must be a host or an http(s) URL without user, query or fragment");
  }

  private static boolean isPlain(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme());
  }

  private static String trimmed(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  private static String requireKey(@Nullable String key) {
    String stripped = key == null ? "" : key.strip();
    if (stripped.isEmpty()) {
      throw invalid("api-key", "is missing");
    }
    if (!KEY_FORM.matcher(stripped).matches()) {
      throw invalid("api-key", "must be visible ASCII without blanks");
    }
    return stripped;
  }

  private static void requireHeader(String name, String value) {
    if (value.isBlank() || !HEADER_FORM.matcher(value).matches()) {
      throw invalid(name, "must be 1 to 256 characters of visible ASCII");
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw invalid(name, "must be longer than nothing");
    }
  }

  private static IllegalArgumentException invalid(String name, String rule) {
    return new IllegalArgumentException("groqchat.groq." + name + " " + rule);
  }
}
