package dev.groqchat.acceptance.sdk;

import dev.groqchat.acceptance.sdk.Answer.Raised;

/** A published SDK. */
@FunctionalInterface
interface Sdk {
  /** Blocks until the answer has come or broken off; throws what the SDK throws. */
  void ask(Question question, Heard heard) throws Exception;

  /** The same, with what was thrown as a part of the answer. */
  default Answer answer(Question question) {
    Heard heard = new Heard();
    try {
      ask(question, heard);
      return heard.answer(question.id(), null);
    } catch (Exception e) {
      return heard.answer(
          question.id(),
          new Raised(e.getClass().getSimpleName(), status(e), String.valueOf(e.getMessage())));
    }
  }

  /** The status that an error tells, by itself or through what caused it. */
  private static int status(Throwable error) {
    return switch (error) {
      case com.openai.errors.OpenAIServiceException e -> e.statusCode();
      case dev.langchain4j.exception.HttpException e -> e.statusCode();
      default -> error.getCause() == null ? 0 : status(error.getCause());
    };
  }

  /** What is thrown where an SDK has no such call. */
  final class NoSuchCall extends Exception {
    private static final long serialVersionUID = 1;

    NoSuchCall(String message) {
      super(message);
    }
  }
}
