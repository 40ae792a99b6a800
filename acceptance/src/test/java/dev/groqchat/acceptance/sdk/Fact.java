package dev.groqchat.acceptance.sdk;

import dev.groqchat.acceptance.sdk.Answer.Call;
import dev.groqchat.acceptance.sdk.Answer.Raised;
import dev.groqchat.acceptance.sdk.Tap.Attempt;
import dev.groqchat.simulator.Outcome;
import dev.groqchat.simulator.SeenRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Something that must hold after an SDK has done what it was asked. */
@FunctionalInterface
interface Fact {
  JsonMapper JSON = new JsonMapper();

  /** Spring AI's default of three retries is the most. */
  int MOST_ATTEMPTS = 4;

  /** An empty text if it holds, else what is the case instead, in few words. */
  String deviation(Seen seen);

  /**
   * What is known afterwards.
   *
   * @param attempts the SDK's, as they came to the service
   * @param upstream what the service asked the provider
   */
  record Seen(Answer answer, List<Attempt> attempts, List<SeenRequest> upstream) {}

  static Fact says(String text) {
    return seen -> raised(seen.answer()) + (seen.answer().text().equals(text) ? "" : "other text");
  }

  static Fact inPieces(int atLeast) {
    return seen -> seen.answer().pieces() >= atLeast ? "" : "in pieces: " + seen.answer().pieces();
  }

  static Fact counts(int completion) {
    return seen -> {
      Answer.Tokens usage = seen.answer().usage();
      if (usage == null) {
        return "no usage";
      }
      boolean right =
          usage.prompt() > 0
              && usage.completion() == completion
              && usage.total() == usage.prompt() + completion;
      return right ? "" : "wrong " + usage;
    };
  }

  static Fact thinks(String text) {
    return seen -> {
      String thought = seen.answer().reasoning();
      return thought.equals(text)
          ? ""
          : thought.isEmpty() ? "no reasoning" : "other reasoning: " + thought;
    };
  }

  static Fact calls(String name, String arguments) {
    return seen -> {
      Call call = seen.answer().tool();
      if (call == null) {
        return raised(seen.answer()) + "no tool call";
      }
      boolean right =
          call.name().equals(name)
              && JSON.readTree(call.arguments()).equals(JSON.readTree(arguments));
      return right ? "" : "another " + call;
    };
  }

  /** The form that was wanted reached the provider. */
  static Fact asksForSchema(String property) {
    return seen -> {
      if (seen.upstream().isEmpty()) {
        return "not asked";
      }
      var format = seen.upstream().getFirst().json().path("response_format");
      var properties = format.path("json_schema").path("schema").path("properties");
      return properties.has(property) ? "" : "asked for " + format;
    };
  }

  /** An error of the SDK's own, with its status, whose message holds these words. */
  static Fact raises(int status, String words) {
    return seen -> {
      Raised error = seen.answer().error();
      if (error == null) {
        return "nothing raised";
      }
      if (error.status() != status) {
        return error.type() + " with status " + error.status();
      }
      return error.message().toLowerCase(Locale.ROOT).contains(words)
          ? ""
          : "says: " + error.message();
    };
  }

  /** An error, whatever it is called, behind all that was said before it. */
  static Fact breaksAfter(String text) {
    return seen -> {
      if (seen.answer().error() == null) {
        return "nothing raised";
      }
      return text.equals(seen.answer().text()) ? "" : "other text: " + seen.answer().text();
    };
  }

  static Fact tries(int times) {
    return seen -> seen.attempts().size() == times ? "" : seen.attempts().size() + " attempts";
  }

  /** Tries again, a few times, and not before it was told to. */
  static Fact waits(Duration between) {
    return seen -> {
      if (seen.attempts().size() < 2 || seen.attempts().size() > MOST_ATTEMPTS) {
        return seen.attempts().size() + " attempts";
      }
      for (int i = 1; i < seen.attempts().size(); i++) {
        long gap = seen.attempts().get(i).arrived() - seen.attempts().get(i - 1).answered();
        if (gap < between.toNanos()) {
          return "waits " + Duration.ofNanos(gap).toMillis() + " ms";
        }
      }
      return "";
    };
  }

  /** The provider saw its connection close after so many tokens at most. */
  static Fact freesUpstream(int tokens) {
    return seen -> {
      if (seen.upstream().isEmpty()) {
        return raised(seen.answer()) + "not asked";
      }
      Outcome outcome = seen.upstream().getLast().outcome().orElse(null);
      boolean freed =
          outcome != null
              && outcome.end() == Outcome.End.CLIENT_CLOSED
              && outcome.tokens() <= tokens;
      return freed ? "" : "upstream: " + outcome;
    };
  }

  private static String raised(Answer answer) {
    Raised error = answer.error();
    if (error == null) {
      return "";
    }
    return error.type().equals("NoSuchCall")
        ? "no such call; "
        : error.type() + " " + error.status() + ": " + error.message() + "; ";
  }
}
