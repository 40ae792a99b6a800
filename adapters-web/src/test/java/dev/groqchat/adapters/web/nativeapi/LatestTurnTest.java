package dev.groqchat.adapters.web.nativeapi;

import static dev.groqchat.adapters.web.nativeapi.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import org.junit.jupiter.api.Test;

/** The newest turn of a conversation, without its id. */
@OverHttp
class LatestTurnTest {
  private final Site site;
  private final String conversation;
  private final String latest;

  LatestTurnTest(Site site) {
    this.site = site;
    this.conversation = site.name("conversation");
    this.latest = Api.turns(conversation) + "/latest";
  }

  @Test
  void isReadFollowedAndStoppedLikeAnyOther() {
    Api.say(site, conversation, site.name("question"));
    Answer newest = Api.say(site, conversation, site.name("question"));
    String id = newest.header("X-Turn-ID");

    assertThat(site.get(latest).body()).isEqualTo(newest.body());
    assertThat(site.get(latest + "/events").header("X-Turn-ID")).isEqualTo(id);
    assertThat(site.get(latest + "/context").json().get("turn").stringValue()).isEqualTo(id);
    assertThat(site.post(latest + "/stop", "").json().get("turn").stringValue()).isEqualTo(id);
  }

  @Test
  void isNoneWhereNothingWasSaid() {
    assertProblem(site.get(latest), 404, "not-found", "no such conversation");

    site.post("/api/conversations", "{\"id\":\"" + conversation + "\"}");

    assertProblem(site.get(latest), 404, "not-found", "no such turn");
  }
}
