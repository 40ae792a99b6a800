package dev.groqchat.adapters.web.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.groqchat.adapters.web.WithKeys;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ApiKeysTest {
  private static final String HASHED = "sha256:" + WithKeys.HASH_OF_BOBS;

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = " ")
  void areNotRequiredUnlessThereAreAny(@Nullable String none) {
    ApiKeys keys = ApiKeys.parse(none, none);

    assertThat(keys.required()).isFalse();
    assertThat(keys.nameOf("")).isEmpty();
    assertThat(keys.nameOf("x")).isEmpty();
  }

  @Test
  void theSingleOneIsCalledDefault() {
    ApiKeys keys = ApiKeys.parse(" secret ", null);

    assertThat(keys.required()).isTrue();
    assertThat(keys.nameOf("secret")).contains("default");
    assertThat(keys.nameOf("Secret")).isEmpty();
    assertThat(keys.nameOf("secret2")).isEmpty();
    assertThat(keys.nameOf("")).isEmpty();
  }

  @Test
  void theSingleOneMayBeHashed() {
    ApiKeys keys = ApiKeys.parse(HASHED, null);

    assertThat(keys.nameOf(WithKeys.BOBS)).contains("default");
    assertThat(keys.nameOf(HASHED)).isEmpty();
    assertThat(keys.nameOf(WithKeys.HASH_OF_BOBS)).isEmpty();
  }

  @Test
  void manyHaveNames() {
    ApiKeys keys = ApiKeys.parse("one", "alice:two, bob:" + HASHED + " ,c-3_x.y: with:colons ");

    assertThat(keys.nameOf("one")).contains("default");
    assertThat(keys.nameOf("two")).contains("alice");
    assertThat(keys.nameOf(WithKeys.BOBS)).contains("bob");
    assertThat(keys.nameOf("with:colons")).contains("c-3_x.y");
    assertThat(keys.nameOf("alice:two")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3cret            | groqchat.web.api-keys entry 1 is not name:secret or name:sha256:<64 hex digits>",
        "a:x,s3cret        | groqchat.web.api-keys entry 2 is not name:secret or name:sha256:<64 hex digits>",
        "a:x,              | groqchat.web.api-keys entry 2 is not name:secret or name:sha256:<64 hex digits>",
        ":s3cret           | groqchat.web.api-keys entry 1 is not name:secret or name:sha256:<64 hex digits>",
        "a:                | groqchat.web.api-keys entry 1 is not name:secret or name:sha256:<64 hex digits>",
        "a b:s3cret        | groqchat.web.api-keys entry 1 is not name:secret or name:sha256:<64 hex digits>",
        "a:sha256:s3cret   | groqchat.web.api-keys has a hash for 'a' that is not 64 hex digits",
        "a:s3cret,a:s3cret2 | groqchat.web.api-keys names a key twice",
        "default:s3cret    | groqchat.web.api-keys names a key twice",
        "a:s3cret,b:s3cret | groqchat.web.api-keys gives 'a' and 'b' the same secret",
        "a:other           | groqchat.web.api-keys gives 'default' and 'a' the same secret",
      })
  void aMistakeIsNamedWithoutShowingAKey(String named, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiKeys.parse("other", named))
        .withMessage(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void aSecretAndItsHashAreTheSame() {
    String named = "alice:" + WithKeys.BOBS + ",bob:" + HASHED.replace("8b741f", "8B741F");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiKeys.parse(null, named))
        .withMessage("groqchat.web.api-keys gives 'alice' and 'bob' the same secret");
  }

  @Test
  void theSingleOnesHashIsNamedByItsOwnProperty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiKeys.parse("sha256:s3cret", null))
        .withMessage("groqchat.web.api-key has a hash for 'default' that is not 64 hex digits");
  }

  @Test
  void areNotShown() {
    WebProperties properties =
        new WebProperties(
            "s3cret",
            "a:s3cret2",
            DataSize.ofMegabytes(1),
            List.of(),
            List.of(),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2));

    assertThat(properties.toString()).doesNotContain("s3cret");
  }
}
