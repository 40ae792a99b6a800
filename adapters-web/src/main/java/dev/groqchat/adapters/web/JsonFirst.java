package dev.groqchat.adapters.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * JSON where there is JSON, whatever Accept says, as RFC 9110, section 12.5.1, allows. Clients that
 * stream send {@code Accept: text/event-stream} with all they ask: refusing them JSON after the
 * work is done helps nobody. And no other form that a library on the way happens to know, such as
 * YAML, becomes a part of the API.
 */
final class JsonFirst implements ContentNegotiationStrategy {
  private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

  @Override
  public List<MediaType> resolveMediaTypes(NativeWebRequest request) {
    List<MediaType> wanted = new ArrayList<>();
    wanted.add(MediaType.APPLICATION_JSON);
    wanted.addAll(accepted(request));
    wanted.add(MediaType.ALL);
    return wanted;
  }

  private List<MediaType> accepted(NativeWebRequest request) {
    try {
      return header.resolveMediaTypes(request);
    } catch (HttpMediaTypeNotAcceptableException _) {
      // The header cannot be read: as good as none.
      return List.of();
    }
  }
}
