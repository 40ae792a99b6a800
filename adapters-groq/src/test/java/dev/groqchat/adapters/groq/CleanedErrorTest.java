package dev.groqchat.adapters.groq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an asker may read of a provider's error. */
class CleanedErrorTest {
  private static CleanedError cleaned(String error) {
    return CleanedError.of(Json.MAPPER.readTree(error));
  }

  @Test
  void whatIsWrongIsToldAsItWasSaid() {
    CleanedError error =
        cleaned(
            """
            {"message":"property 'store' is unsupported, did you mean 'stop'?","type":"invalid_request_error"}\
            """);
    assertThat(error.message()).isEqualTo("property 'store' is unsupported, did you mean 'stop'?");
    assertThat(error.words())
        .isEqualTo(
            """
            {"error":{"message":"property 'store' is unsupported, did you mean 'stop'?","type":"invalid_request_error"}}\
            """);
  }

  @Test
  void onlyWhatIsKnownSurvives() {
    assertThat(
            cleaned(
                    """
                    {"message":"No.","type":"t","code":"tool_use_failed","param":"messages[0].content","failed_generation":"<f>{\\"a\\": org_x}","status_code":400,"metadata":{"raw":"x"},"organization":"org_x","user_id":"u"}\
                    """)
                .words())
        .isEqualTo(
            """
            {"error":{"message":"No.","type":"t","code":"tool_use_failed","param":"messages[0].content","failed_generation":"<f>{\\"a\\": org_x}"}}\
            """);
  }

  @Test
  void openRoutersCodeIsANumber() {
    assertThat(cleaned("{\"code\":400,\"message\":\"No.\",\"metadata\":{}}").words())
        .isEqualTo("{\"error\":{\"message\":\"No.\",\"code\":400}}");
  }

  @Test
  void whatIsNoWordIsNoCode() {
    assertThat(
            cleaned(
                    "{\"message\":\"No.\",\"type\":\"see https://x.y/ now\",\"code\":[1],\"param\":null,\"failed_generation\":{}}")
                .words())
        .isEqualTo("{\"error\":{\"message\":\"No.\"}}");
    assertThat(cleaned("\"No.\"").words()).isEqualTo("{\"error\":{\"message\":\"No.\"}}");
    assertThat(cleaned("{}").message()).isEqualTo("the model provider refused the request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Request too large for model `m` in organization `org_01j` service tier `on_demand` on tokens: Limit 8. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing | Request too large for model `m` on tokens: Limit 8.",
        "No such model for organization org_01j. Try another. | Try another.",
        "Please check your billing. | the model provider refused the request",
        "Your API key gsk_0123 may not do that. | the model provider refused the request",
        "Out of credits! Add more. | Add more.",
        "Could not load https://example.com/cat.png?x=1. Is it there? | Could not load (link). Is it there?",
        "The model `X` does not exist or you do not have access to it. | The model `X` does not exist or you do not have access to it.",
      })
  void whatIsAboutUsIsNotTold(String said, String told) {
    assertThat(CleanedError.message(said)).isEqualTo(told);
  }

  @Test
  void nothingIsLongerThanItMayBe() {
    String long0 = "x".repeat(1999) + "😀" + "y".repeat(500_000);
    CleanedError error =
        cleaned("{\"message\":\"" + long0 + "\",\"failed_generation\":\"" + long0 + "\"}");
    assertThat(error.message()).isEqualTo("x".repeat(1999));
    assertThat(error.words()).hasSizeLessThan(67_000).contains("x😀y");
  }
}
