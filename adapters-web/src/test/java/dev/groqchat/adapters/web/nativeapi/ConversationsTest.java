package dev.groqchat.adapters.web.nativeapi;

import static dev.groqchat.adapters.web.nativeapi.Api.CONVERSATIONS;
import static dev.groqchat.adapters.web.nativeapi.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Conversations over the native API, without keys. */
@OverHttp
class ConversationsTest {
  private final Site site;

  ConversationsTest(Site site) {
    this.site = site;
  }

  @Test
  void areCreatedWithAnIdOfOurs() {
    Answer created =
        site.post(CONVERSATIONS, "{\"title\":\" Sailing \",\"system\":\"One sentence.\"}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Content-Type")).isEqualTo("application/json");
    JsonNode conversation = created.json();
    assertThat(conversation.propertyNames())
        .containsExactly("id", "title", "system", "created_at", "updated_at");
    String id = conversation.get("id").stringValue();
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    assertThat(created.header("Location")).isEqualTo(CONVERSATIONS + "/" + id);
    assertThat(conversation.get("title").stringValue()).isEqualTo("Sailing");
    assertThat(conversation.get("system").stringValue()).isEqualTo("One sentence.");
    assertThat(Instant.parse(conversation.get("created_at").stringValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(conversation.get("updated_at")).isEqualTo(conversation.get("created_at"));
  }

  @Test
  void areCreatedWithAnIdOfTheClients() {
    String id = site.name("My.id:_");

    Answer created = site.post(CONVERSATIONS, "{\"id\":\"" + id + "\"}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(CONVERSATIONS + "/" + id);
    assertThat(created.json().get("title").isNull()).isTrue();
    assertThat(created.json().get("system").isNull()).isTrue();
  }

  @Test
  void areNotCreatedTwice() {
    String body = "{\"id\":\"" + site.name("twice") + "\"}";
    site.post(CONVERSATIONS, body);

    Answer second = site.post(CONVERSATIONS, body);

    assertProblem(second, 409, "already-exists", "this conversation exists already");
    assertThat(second.cookies()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"a b\"} | a conversation's id must be 1 to 128 of A-Z a-z 0-9 . _ : -",
        "{\"id\":\"\"}    | a conversation's id must be 1 to 128 of A-Z a-z 0-9 . _ : -",
        "{\"title\":[]}   | title has the wrong type",
        "{                | the body is not valid JSON",
        "''               | the body is missing or cannot be read",
      })
  void areNotCreatedFromNonsense(String body, String detail) {
    assertProblem(site.post(CONVERSATIONS, body), 400, "validation-error", detail);
  }

  @Test
  void areNotCreatedWithALongTitle() {
    assertThat(site.post(CONVERSATIONS, "{\"title\":\"" + "x".repeat(200) + "\"}").status())
        .isEqualTo(201);
    assertProblem(
        site.post(CONVERSATIONS, "{\"title\":\"" + "x".repeat(201) + "\"}"),
        400,
        "validation-error",
        "title exceeds maximum length of 200 characters");
  }

  @Test
  void areListedForTheBrowserThatStartedThemAlone() {
    Answer first = site.post(CONVERSATIONS, "{}");
    String mine = "Cookie: " + first.cookiesSentBack();
    Answer second = site.post(CONVERSATIONS, "{}", mine);
    Answer third = Api.say(site, site.name("conversation"), "hi", mine);
    site.post(CONVERSATIONS, "{}");

    assertThat(first.cookies())
        .singleElement()
        .asString()
        .matches("groqchat_visitor=[0-9a-f]{32};.*")
        .contains("; HttpOnly")
        .contains("; SameSite=Lax");
    assertThat(second.cookies()).isEmpty();
    assertThat(ids(site.get(CONVERSATIONS, mine)))
        .containsExactly(third.json().get("conversation").stringValue(), id(second), id(first));
  }

  @Test
  void areNotListedForStrangers() {
    site.post(CONVERSATIONS, "{}");

    Answer list = site.get(CONVERSATIONS);

    assertThat(list.body()).isEqualTo("{\"items\":[],\"next\":null}");
    assertThat(list.cookies()).isEmpty();
    assertThat(site.get(CONVERSATIONS, "Cookie: groqchat_visitor=guessed").body())
        .isEqualTo("{\"items\":[],\"next\":null}");
  }

  @Test
  void areListedInPagesNewestFirst() {
    List<String> created = new ArrayList<>();
    Answer first = site.post(CONVERSATIONS, "{}");
    String mine = "Cookie: " + first.cookiesSentBack();
    created.add(id(first));
    for (int more = 0; more < 4; more++) {
      created.addFirst(id(site.post(CONVERSATIONS, "{}", mine)));
    }

    List<String> listed = new ArrayList<>();
    Answer page = site.get(CONVERSATIONS + "?limit=2", mine);
    listed.addAll(ids(page));
    while (!page.json().get("next").isNull()) {
      assertThat(ids(page)).hasSize(2);
      String next = page.json().get("next").stringValue();
      page = site.get(CONVERSATIONS + "?limit=2&cursor=" + next, mine);
      listed.addAll(ids(page));
    }

    assertThat(listed).containsExactlyElementsOf(created);
    assertThat(page.json().get("items").get(0).propertyNames())
        .containsExactly("id", "title", "system", "created_at", "updated_at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0        | limit must be between 1 and 200",
        "limit=201      | limit must be between 1 and 200",
        "limit=x        | limit must be between 1 and 200",
        "limit=0x10     | limit must be between 1 and 200",
        "limit=1&limit=2 | limit must be between 1 and 200",
        "limit=%D9%A5   | limit must be between 1 and 200",
        "limit=99999999999 | limit must be between 1 and 200",
        "cursor=x       | cursor is none that this service has given out",
        "cursor=%F0%28  | the query cannot be decoded",
        "cursor=MjAyNg  | cursor is none that this service has given out",
        "cursor=MjAyNi0wMS0wMlQwMzowNDowNVogYS9i | cursor is none that this service has given out",
        "cursor=%zz     | the query cannot be decoded",
      })
  void areNotListedForNonsense(String query, String detail) {
    try (var wire = site.connect()) {
      String answer =
          wire.send("GET /api/conversations?" + query + " HTTP/1.1\nHost: x\nConnection: close", "")
              .readAll();

      assertThat(answer).startsWith("HTTP/1.1 400").contains("\"detail\":\"" + detail + "\"");
    }
  }

  @Test
  void anEmptyCursorIsNone() {
    assertThat(site.get(CONVERSATIONS + "?cursor=&limit=").status()).isEqualTo(200);
    String id = id(site.post(CONVERSATIONS, "{}"));
    assertThat(site.get(CONVERSATIONS + "/" + id + "?cursor=").status()).isEqualTo(200);
  }

  @Test
  void areReadWithTheirTurnsInPages() {
    String id = site.name("conversation");
    for (String said : List.of("one", "two", "three")) {
      Api.say(site, id, said);
    }

    Answer newest = site.get(CONVERSATIONS + "/" + id + "?limit=2");
    String next = newest.json().get("next").stringValue();
    Answer older = site.get(CONVERSATIONS + "/" + id + "?limit=2&cursor=" + next);

    assertThat(newest.json().propertyNames())
        .containsExactly("id", "title", "system", "created_at", "updated_at", "turns", "next");
    assertThat(newest.json().get("title").stringValue()).isEqualTo("one");
    assertThat(messages(newest)).containsExactly("two", "three");
    assertThat(messages(older)).containsExactly("one");
    assertThat(older.json().has("next")).isFalse();
    assertThat(messages(site.get(CONVERSATIONS + "/" + id))).containsExactly("one", "two", "three");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?cursor=x  | cursor is none that this service has given out",
        "?limit=0   | limit must be between 1 and 200",
      })
  void areNotReadFromNonsense(String query, String detail) {
    String id = id(site.post(CONVERSATIONS, "{}"));

    assertProblem(site.get(CONVERSATIONS + "/" + id + query), 400, "validation-error", detail);
  }

  @Test
  void areRenamed() {
    String path = CONVERSATIONS + "/" + id(site.post(CONVERSATIONS, "{\"system\":\"Be brief.\"}"));

    Answer patched = patch(path, "{\"title\":\" New \"}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.json().get("title").stringValue()).isEqualTo("New");
    assertThat(patched.json().get("system").stringValue()).isEqualTo("Be brief.");
    assertThat(site.get(path).json().get("title").stringValue()).isEqualTo("New");
  }

  @Test
  void loseWhatIsMadeBlank() {
    String path =
        CONVERSATIONS
            + "/"
            + id(site.post(CONVERSATIONS, "{\"title\":\"T\",\"system\":\"Be brief.\"}"));

    Answer patched = patch(path, "{\"title\":\"\",\"system\":\" \"}");

    assertThat(patched.json().get("title").isNull()).isTrue();
    assertThat(patched.json().get("system").isNull()).isTrue();
  }

  @Test
  void areDeletedOnce() {
    String path = CONVERSATIONS + "/" + id(site.post(CONVERSATIONS, "{}"));

    Answer deleted = site.delete(path);

    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertProblem(site.delete(path), 404, "not-found", "no such conversation");
    assertProblem(site.get(path), 404, "not-found", "no such conversation");
    assertProblem(patch(path, "{\"title\":\"x\"}"), 404, "not-found", "no such conversation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void withAnIdThatCannotBeAreRefused(String method) {
    assertProblem(
        site.call(method, CONVERSATIONS + "/a%20b"),
        400,
        "validation-error",
        "a conversation's id must be 1 to 128 of A-Z a-z 0-9 . _ : -");
  }

  private Answer patch(String path, String json) {
    return site.call("PATCH", path, json, new String[0]);
  }

  private static String id(Answer created) {
    return created.json().get("id").stringValue();
  }

  private static List<String> ids(Answer list) {
    return list.json().get("items").valueStream().map(it -> it.get("id").stringValue()).toList();
  }

  private static List<String> messages(Answer conversation) {
    return conversation
        .json()
        .get("turns")
        .valueStream()
        .map(it -> it.get("message").stringValue())
        .toList();
  }
}
