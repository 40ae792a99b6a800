package dev.groqchat.adapters.persistence.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.UnderWay;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * The domain's values as JSON, for what is kept: {@code {"v":1,...}}. Members that are not known
 * are passed over, so that the next version may add some while this one still runs. Thread-safe.
 */
final class DomainJson {
  private static final String VERSION = "{\"v\":1";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
          .addMixIn(TurnState.class, OneOfMany.class)
          .addMixIn(TurnEvent.class, OneOfMany.class)
          .addMixIn(Failure.class, OneOfMany.class)
          .addMixIn(OnDisconnect.class, OneOfMany.class)
          .addMixIn(UnderWay.Question.class, BriefQuestion.class)
          .registerSubtypes(
              names().entrySet().stream()
                  .map(it -> new NamedType(it.getKey(), it.getValue()))
                  .toArray(NamedType[]::new))
          .build();

  private DomainJson() {}

  /** Says in a member which of a closed list it is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface OneOfMany {}

  /**
   * A value as it is kept.
   *
   * @param type what {@link #read} is to be told: the closed list, not the one of it
   */
  static <T> String write(Class<T> type, T value) {
    String json = MAPPER.writerFor(type).writeValueAsString(value);
    return VERSION + (json.equals("{}") ? "}" : "," + json.substring(1));
  }

  /** A value that {@link #write} wrote. */
  static <T> T read(Class<T> type, String json) {
    if (!json.startsWith(VERSION)) {
      throw new IllegalStateException("written by a version that is not known here");
    }
    return MAPPER.readValue(json, type);
  }

  /** What is written for each one of the closed lists; never to be changed for what is kept. */
  static Map<Class<?>, String> names() {
    Map<Class<?>, String> names = new HashMap<>();
    Stream.of(TurnState.class, TurnEvent.class, Failure.class, OnDisconnect.class)
        .forEach(list -> addNames(list, names));
    return names;
  }

  /** Their simple names: a test keeps them from being changed unawares. */
  private static void addNames(Class<?> list, Map<Class<?>, String> names) {
    for (Class<?> one : list.getPermittedSubclasses()) {
      if (one.isSealed()) {
        addNames(one, names);
      } else {
        names.put(one, one.getSimpleName());
      }
    }
  }
}
