package dev.groqchat.adapters.web.page;

/**
 * What the page may do (Content Security Policy, level 3): load what this service serves, talk to
 * it, and nothing else. No script or style that stands in a document runs, and no string becomes
 * markup that DOMPurify has not seen: what a model says stays text, even should the page's own code
 * be wrong.
 */
public final class PagePolicy {
  public static final String VALUE =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "font-src 'self'",
          "connect-src 'self'",
          "manifest-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types dompurify");

  private PagePolicy() {}
}
