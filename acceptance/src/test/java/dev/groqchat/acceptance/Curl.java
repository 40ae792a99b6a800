package dev.groqchat.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what a curl line of the README does, with the few options that it may use: a clean machine
 * has no curl. An option that is not known here fails the test, so that the README stays simple.
 */
record Curl(String method, URI uri, List<String> headers, String body) {
  private static final Pattern WORD =
      Pattern.compile("'(?<single>[^']*)'|\"(?<double>[^\"]*)\"|(?<plain>[^\\s'\"]+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");

  /**
   * Reads a command line.
   *
   * @param variables what {@code $NAME} stands for
   */
  static Curl parse(String line, Map<String, String> variables) {
    List<String> words = words(line, variables);
    if (!words.removeFirst().equals("curl")) {
      throw new AssertionError("not a curl line: " + line);
    }
    String method = "";
    String address = "";
    String body = "";
    List<String> headers = new ArrayList<>();
    while (!words.isEmpty()) {
      String word = words.removeFirst();
      switch (word) {
        case "-N", "-s", "-i" -> {}
        case "-X" -> method = words.removeFirst();
        case "-H" -> headers.addAll(List.of(words.removeFirst().split(": ", 2)));
        case "-d" -> body = words.removeFirst();
        default -> {
          if (word.startsWith("-")) {
            throw new AssertionError("an option that the README's test does not know: " + word);
          }
          address = word;
        }
      }
    }
    String implied = body.isEmpty() ? "GET" : "POST";
    return new Curl(
        method.isEmpty() ? implied : method, URI.create("http://" + address), headers, body);
  }

  private static List<String> words(String line, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      String single = word.group("single");
      String quoted = single == null ? word.group("double") : single;
      String text = quoted == null ? word.group("plain") : quoted;
      words.add(
          single == null
              ? VARIABLE.matcher(text).replaceAll(it -> value(variables, it.group(1)))
              : text);
    }
    return words;
  }

  private static String value(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new AssertionError("the README sets no " + name);
    }
    return Matcher.quoteReplacement(value);
  }

  HttpResponse<String> send() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
