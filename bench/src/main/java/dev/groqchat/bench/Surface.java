package dev.groqchat.bench;

/** Where a question can be put, in what words, and how the answer's text is told from the rest. */
enum Surface {
  OPENAI("/openai/v1/chat/completions", Form.EVENTS, "content") {
    @Override
    String body(String question, String unique) {
      return openai(question, true);
    }
  },
  OPENAI_JSON("/openai/v1/chat/completions", Form.JSON, "content") {
    @Override
    String body(String question, String unique) {
      return openai(question, false);
    }
  },
  CHAT("/chat", Form.EVENTS, "content") {
    @Override
    String body(String question, String unique) {
      return classic(question, true);
    }
  },
  CHAT_JSON("/chat", Form.JSON, "response") {
    @Override
    String body(String question, String unique) {
      return classic(question, false);
    }
  },
  SOCKET("/ws", Form.SOCKET, "text") {
    @Override
    String body(String question, String unique) {
      return "{\"type\":\"send\",\"conversation\":\"bench-"
          + unique
          + "\",\"message\":\""
          + question
          + "\"}";
    }
  },
  CHAT_SOCKET("/ws/chat?session_id=bench-", Form.SOCKET, "token") {
    @Override
    String body(String question, String unique) {
      return classic(question, true);
    }
  };

  /** How an answer is divided into messages. */
  enum Form {
    EVENTS,
    JSON,
    SOCKET
  }

  private final String path;
  private final Form form;
  private final String textMember;

  Surface(String path, Form form, String textMember) {
    this.path = path;
    this.form = form;
    this.textMember = textMember;
  }

  /** The question as this surface wants it. */
  abstract String body(String question, String unique);

  Form form() {
    return form;
  }

  String path() {
    return path;
  }

  /** What stands before the answer's text in a message. */
  byte[] textMember() {
    return Bytes.ascii("\"" + textMember + "\":\"");
  }

  /** A whole request over HTTP. */
  byte[] request(String question, String unique, String headers) {
    String body = body(question, unique);
    return Bytes.ascii(
        "POST "
            + path
            + " HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n"
            + "accept: */*\r\n"
            + headers
            + "content-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static String openai(String question, boolean stream) {
    return "{\"model\":\"openai/gpt-oss-120b\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + question
        + "\"}],\"stream\":"
        + stream
        + "}";
  }

  private static String classic(String question, boolean stream) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\""
        + question
        + "\"}],\"stream\":"
        + stream
        + "}";
  }
}
