package dev.groqchat.bootstrap.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go. The variables have the names, and the meaning, that OpenTelemetry gives them.
 *
 * @param endpoint of a receiver of OTLP over HTTP, to which {@code /v1/traces} is added; blank for
 *     no traces
 * @param headers sent along, as {@code name=value,name=value}, with values as in URLs; never shown
 * @param serviceName what the service is called in traces
 * @param sampled the part of the traces that begin here which is kept, from 0 to 1; of those that
 *     begin elsewhere it has been decided there
 */
@ConfigurationProperties("groqchat.traces")
record TracesProperties(
    @DefaultValue("") String endpoint,
    @DefaultValue("") String headers,
    @DefaultValue("groqchat") String serviceName,
    @DefaultValue("1.0") double sampled) {
  private static final Pattern HEADER =
      Pattern.compile("(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?<value>[!-~]*)");

  TracesProperties {
    endpoint = endpoint.strip();
    if (!endpoint.isEmpty() && !isPlainUrl(endpoint)) {
      throw invalid("endpoint", "must be an http(s) URL without user, query or fragment");
    }
    if (!(sampled >= 0 && sampled <= 1)) {
      throw invalid("sampled", "must be from 0 to 1");
    }
    if (serviceName.isBlank()) {
      throw invalid("service-name", "must not be blank");
    }
    parsed(headers);
  }

  /** Where spans are posted. */
  URI url() {
    return URI.create(endpoint.replaceFirst("/+$", "") + "/v1/traces");
  }

  /** The headers, each value as it is sent. */
  Map<String, String> headersByName() {
    return parsed(headers);
  }

  /** Everything but the headers, which may hold a key. */
  @Override
  public String toString() {
    return "TracesProperties[endpoint=%s, serviceName=%s, sampled=%s]"
        .formatted(endpoint, serviceName, sampled);
  }

  private static boolean isPlainUrl(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "https".equalsIgnoreCase(uri.getScheme()) || isPlain(uri);
      boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
      return web && bare && uri.getHost() != null && uri.getRawFragment() == null;
    } catch (URISyntaxException _) {
      return false; // Said without the text: somebody may have put a key into it.
    }
  }

  private static boolean isPlain(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme());
  }

  private static Map<String, String> parsed(String headers) {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String part : headers.isBlank() ? new String[0] : headers.split(",", -1)) {
      Matcher header = HEADER.matcher(part.strip());
      if (!header.matches()) {
        throw invalid("headers", "must be as in name=value,name=value");
      }
      parsed.put(header.group("name"), decoded(header.group("value")));
    }
    return parsed;
  }

  /** A plus is a plus, as in keys; only what a percent sign begins is decoded. */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      throw invalid("headers", "must have values as in URLs, a percent sign as %25");
    }
  }

  private static IllegalArgumentException invalid(String name, String rule) {
    return new IllegalArgumentException("groqchat.traces." + name + " " + rule);
  }
}
