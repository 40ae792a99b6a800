package dev.groqchat.adapters.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of exceptions that no request can be made to cause at will. */
class ProblemAdviceTest {
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/x");
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final ProblemAdvice advice =
      new ProblemAdvice(new ProblemWriter(List.of(new Plain()), new JsonMapper()));

  @Test
  void aDefectIsAnInternalErrorWithoutDetails() throws IOException {
    advice.defect(new IllegalStateException("secret"), request, response);

    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getContentAsString()).startsWith("internal_error").doesNotContain("secret");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void whatTheFrameworkBlamesOnTheClientKeepsItsStatus() throws IOException {
    advice.defect(new HttpMediaTypeNotAcceptableException("x"), request, response);

    assertThat(response.getStatus()).isEqualTo(406);
  }

  @Test
  void aClientThatHasGoneIsToldNothing() throws IOException {
    advice.defect(new ClientAbortException(new EOFException()), request, response);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentAsByteArray()).isEmpty();
  }

  @Test
  void anAnswerUnderWayIsLeftAlone() throws IOException {
    response.getWriter().write("half");
    response.flushBuffer();

    advice.defect(new IllegalStateException("secret"), request, response);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentAsString()).isEqualTo("half");
  }

  @Test
  void whatWasWrittenButNotSentIsReplaced() throws IOException {
    response.getOutputStream().write(new byte[] {'h', 'a', 'l', 'f'});

    advice.defect(new IllegalStateException("secret"), request, response);

    assertThat(response.getContentAsString()).isEqualTo("internal_error");
  }

  /** The kind alone. */
  private static final class Plain implements ErrorForm {
    @Override
    public boolean answers(HttpServletRequest any) {
      return true;
    }

    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public Object body(Problem problem, HttpServletRequest any) {
      return problem.kind();
    }

    @Override
    public Object example(Problem problem) {
      return problem.detail();
    }
  }
}
