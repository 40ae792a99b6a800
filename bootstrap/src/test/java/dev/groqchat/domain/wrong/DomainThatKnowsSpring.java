package dev.groqchat.domain.wrong;

import dev.groqchat.domain.wrong.other.Other;
import java.net.URI;
import org.springframework.core.Ordered;

/** Wrong on purpose, see ArchitectureTest. */
class DomainThatKnowsSpring implements Ordered {
  static final URI ADDRESS = URI.create("http://localhost");

  @Override
  public int getOrder() {
    return Other.ORDER.intValue();
  }
}
