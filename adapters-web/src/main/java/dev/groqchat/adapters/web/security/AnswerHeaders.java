package dev.groqchat.adapters.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.PermissionsPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** What every answer tells browsers, errors and those of the container included. Thread-safe. */
public final class AnswerHeaders implements HeaderWriter {
  private static final Duration TLS_FROM_NOW_ON = Duration.ofDays(365);

  private static final List<HeaderWriter> ALL =
      List.of(
          new XContentTypeOptionsHeaderWriter(),
          new XFrameOptionsHeaderWriter(XFrameOptionsHeaderWriter.XFrameOptionsMode.DENY),
          // 0: what browsers once did for 1 could be turned against the page.
          new XXssProtectionHeaderWriter(),
          hsts(),
          new ReferrerPolicyHeaderWriter(ReferrerPolicy.NO_REFERRER),
          new PermissionsPolicyHeaderWriter(
              "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
          new StaticHeadersWriter("Cross-Origin-Opener-Policy", "same-origin"),
          new ContentPolicy());

  /**
   * Said over plain HTTP, too, where browsers do not listen: a proxy that does TLS passes it on.
   */
  private static HstsHeaderWriter hsts() {
    HstsHeaderWriter writer = new HstsHeaderWriter(TLS_FROM_NOW_ON.toSeconds(), false);
    writer.setRequestMatcher(AnyRequestMatcher.INSTANCE);
    return writer;
  }

  @Override
  public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
    ALL.forEach(writer -> writer.writeHeaders(request, response));
  }
}
