package dev.groqchat.adapters.web.openai;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/**
 * The bytes of a request that should be JSON. Not a controller's argument: that would be kept as
 * long as the answer takes.
 */
final class JsonBody {
  private JsonBody() {}

  /** Reads it to its end. Who does not say what it is means JSON; who says otherwise does not. */
  static byte[] read(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
    requireJson(request.getContentType() == null ? "" : request.getContentType());
    try {
      return request.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new HttpMessageNotReadableException(
          "the body ends early, or is too long", e, new ServletServerHttpRequest(request));
    }
  }

  private static void requireJson(String type) throws HttpMediaTypeNotSupportedException {
    if (type.isBlank()) {
      return;
    }
    try {
      MediaType given = MediaType.parseMediaType(type);
      if (!given.getSubtype().equals("json") && !given.getSubtype().endsWith("+json")) {
        throw new HttpMediaTypeNotSupportedException(given, List.of(MediaType.APPLICATION_JSON));
      }
    } catch (InvalidMediaTypeException e) {
      throw new HttpMediaTypeNotSupportedException(e.getMessage());
    }
  }
}
