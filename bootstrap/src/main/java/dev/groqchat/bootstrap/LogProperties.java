package dev.groqchat.bootstrap;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How the log looks; {@link LogFormat} has applied it before this is read. */
@ConfigurationProperties("groqchat.log")
record LogProperties(@DefaultValue("json") Format format) {
  /** For whom it is. */
  enum Format {
    /** One object a line, for machines. */
    JSON,
    /** Coloured lines, for people. */
    PRETTY
  }
}
