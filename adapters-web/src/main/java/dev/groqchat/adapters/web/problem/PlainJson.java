package dev.groqchat.adapters.web.problem;

import dev.groqchat.domain.failure.ChatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Has JSON be UTF-8, as it must (RFC 8259, section 8.1). The parser would also take UTF-16, and
 * overlong forms, for which somebody before or behind us may have other eyes.
 */
@ControllerAdvice
class PlainJson extends RequestBodyAdviceAdapter {
  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  /** Bodies are short here: those that are long are not read this way. */
  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter) {
    byte[] body = body(message);
    String text = Utf8.text(body);
    // UTF-16 is full of NULs; JSON cannot hold one.
    if (text == null || text.indexOf('\0') >= 0) {
      throw ChatException.invalid("body", "the body is not valid UTF-8");
    }
    return new Read(message.getHeaders(), body);
  }

  private static byte[] body(HttpInputMessage message) {
    try {
      return message.getBody().readAllBytes();
    } catch (IOException e) {
      throw new HttpMessageNotReadableException("the body does not come", e, message);
    }
  }

  /** A message that was read. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Read(HttpHeaders headers, byte[] body) implements HttpInputMessage {
    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body);
    }
  }
}
