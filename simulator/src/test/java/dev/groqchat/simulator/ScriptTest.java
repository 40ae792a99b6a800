package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.simulator.Fault.AfterTokens;
import dev.groqchat.simulator.Fault.AtByte;
import dev.groqchat.simulator.Fault.BeforeHead;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Fault.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {
  @Test
  void optionsSayTheSameAsCode() {
    assertThat(
            Script.of(
                "tokens=500 rate=50 first=2s head=250ms stall-after=5 stall-for=1m cut-after=20"))
        .isEqualTo(
            Script.counting(500)
                .rate(50)
                .firstTokenAfter(Duration.ofSeconds(2))
                .headAfter(Duration.ofMillis(250))
                .stallAfter(5)
                .stallFor(Duration.ofMinutes(1))
                .breakAfter(20, Break.CUT));
    assertThat(Script.of("text=\"a \\\"b\\\" c\" thinking=hm"))
        .isEqualTo(Script.saying("a \"b\" c").thinking("hm"));
    assertThat(Script.of("tool=add arguments={\"a\":1}"))
        .isEqualTo(Script.calling("add", "{\"a\":1}"));
    assertThat(Script.of("stall-head garbage-after=3 long-line=100"))
        .isEqualTo(Script.demo().stallBeforeHead().garbageAfter(3).longLine(100));
    assertThat(Script.of(" ")).isEqualTo(Script.demo());
    assertThat(Script.of("error=503")).isEqualTo(Script.refusing(503));
    assertThat(Script.of("rate=0.5").pacing().rate()).hasValue(0.5);
    assertThat(Script.of("reasoning=7 finish=length").reply().reasoningTokens()).hasValue(7);
  }

  @Test
  void everyFaultHasAnOption() {
    assertThat(Script.of("cut-head").fault()).contains(new BeforeHead(Break.CUT));
    assertThat(Script.of("reset-head").fault()).contains(new BeforeHead(Break.RESET));
    assertThat(Script.of("cut-at=7").fault()).contains(new AtByte(7, Break.CUT));
    assertThat(Script.of("reset-at=7")).isEqualTo(Script.demo().breakAt(7, Break.RESET));
    assertThat(Script.of("reset-after=7").fault()).contains(new AfterTokens(7, Break.RESET));
    assertThat(Script.of("end-after=7").fault()).contains(new AfterTokens(7, Break.END));
    assertThat(Script.of("error-after=7").fault()).contains(new AfterTokens(7, Break.ERROR_EVENT));
    assertThat(Script.of("openrouter-error-after=7").fault())
        .contains(new AfterTokens(7, Break.OPENROUTER_ERROR));
    assertThat(Script.of("error=429 retry-after=3s").fault())
        .contains(new Refusal("429", Optional.of(Duration.ofSeconds(3))));
    assertThat(Script.demo().breakBeforeHead(Break.CUT).fault())
        .contains(new BeforeHead(Break.CUT));
  }

  @ParameterizedTest
  @EnumSource
  void everyQuirkHasASwitch(Quirk quirk) {
    assertThat(Script.of(quirk.directive())).isEqualTo(Script.demo().with(quirk));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokens=x | tokens | whole number",
        "tokens | tokens | whole number",
        "tokens=2000000 | tokens | over",
        "reasoning=2000000 | reasoning | over",
        "rate=fast | rate | number",
        "rate=2000000 | rate | tokens a second",
        "first=2 | first | duration",
        "error=999 | error | not one of",
        "error | error | value",
        "speed=3 | speed | unknown",
        "crlf=1 | crlf | no value",
        "stall-head=1 | stall-head | no value",
        "cut-after=1 error=500 | error | one fault",
        "retry-after=1s | retry-after | behind error",
        "long-line=900000000 | long-line | over",
        "= | = | cannot be read",
        "text=\"open | text | cannot be read",
        "text=\"\\q\" | text | escape",
      })
  void aBadOptionIsNamed(String options, String name, String problem) {
    assertThatThrownBy(() -> Script.of(options))
        .isInstanceOf(BadScript.class)
        .hasMessageContaining("'" + name)
        .hasMessageContaining(problem);
  }

  @Test
  void countsAreNotNegative() {
    assertThatThrownBy(() -> new AfterTokens(-1, Break.CUT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AtByte(-1, Break.CUT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDirectiveIsTheFirstLineOfAMessage() {
    assertThat(Directive.in("/sim tokens=5\nHello")).contains(" tokens=5");
    assertThat(Directive.in("/sim")).contains("");
    assertThat(Directive.in("/simple")).isEmpty();
    assertThat(Directive.in("Hello\n/sim tokens=5")).isEmpty();
    assertThat(Directive.rest("/sim tokens=5\nHello")).isEqualTo("\nHello");
    assertThat(Directive.rest("/sim tokens=5")).isEqualTo("/sim tokens=5");
    assertThat(Directive.rest("Hello")).isEqualTo("Hello");
  }

  @Test
  void tokensJoinedAreTheText() {
    String text = "Hello, wörld! 😀😀 internationalisation\n\n  \"x\" ü1 - end ";
    assertThat(String.join("", Tokens.split(text))).isEqualTo(text);
    assertThat(Tokens.split(text))
        .hasSize(Tokens.count(text))
        .startsWith("Hello", ",", " wörld", "!");
    assertThat(Tokens.count("")).isZero();
  }

  @Test
  void readsLongTexts() {
    String text = "word ".repeat(6_000);
    String escaped = "\\n".repeat(10_000);
    assertThat(Script.of("text=\"" + text + "\"").reply().text()).hasValue(text);
    assertThat(Script.of("text=\"" + escaped + "\"").reply().text()).hasValue("\n".repeat(10_000));
  }
}
