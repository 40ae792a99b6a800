package dev.groqchat.acceptance.sdk;

import java.util.List;

/**
 * A published SDK, and what its users have to write to come here.
 *
 * @param name the package
 * @param path what its base URL has behind the host
 */
record Client(String name, String path, Driver driver) {

  /** What calls it. */
  sealed interface Driver {
    /** A class. */
    record Java(Sdk sdk) implements Driver {}

    /** A script in {@code sdks/}: reads questions as JSON, prints answers, a line each. */
    record Script(String file) implements Driver {}
  }

  static final Driver.Script NODE = new Driver.Script("run.mjs");
  static final Driver.Script PYTHON = new Driver.Script("run.py");

  static final List<Client> ALL =
      List.of(
          new Client("groq-sdk", "", NODE),
          new Client("openai", "/v1", NODE),
          new Client("@ai-sdk/groq", "/openai/v1", NODE),
          new Client("@ai-sdk/openai-compatible", "/v1", NODE),
          new Client("@langchain/groq", "", NODE),
          new Client("@langchain/openai", "/openai/v1", NODE),
          new Client("openai-python", "/openai/v1", PYTHON),
          new Client("openai-java", "/openai/v1", new Driver.Java(new OpenAiJava())),
          new Client("langchain4j-open-ai", "/v1", new Driver.Java(new LangChain4j())),
          new Client("spring-ai-openai", "/openai/v1", new Driver.Java(new SpringAi())));
}
