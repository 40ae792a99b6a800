package dev.groqchat.adapters.web.problem;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Makes writers for tests that need one and do not use it. */
public final class ProblemWriters {
  private ProblemWriters() {}

  /** A writer without a form to write in. */
  public static ProblemWriter unused() {
    return new ProblemWriter(List.of(), new JsonMapper());
  }
}
