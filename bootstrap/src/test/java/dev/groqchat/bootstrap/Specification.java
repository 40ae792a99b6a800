package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the running service says of its API, as something to hold it to. */
final class Specification {
  /** As the OpenAPI Initiative publishes it. */
  private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/schema-base/2025-09-15";

  private static final String HERE = "https://groqchat.example/openapi";

  private final JsonNode document;
  private final SchemaRegistry strict;

  Specification(JsonNode document) {
    this.document = document;
    JsonNode closed = document.deepCopy();
    // What is not documented is a difference, too.
    closed.at("/components/schemas").forEach(Specification::close);
    this.strict =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(HERE, closed.toString())));
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode it && it.has("properties")) {
      it.put("additionalProperties", false);
    }
  }

  /** Fails unless it is a document of OpenAPI 3.1. */
  void assertValid() {
    SchemaRegistry official =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaIdResolvers(
                    ids -> ids.mapPrefix("https://spec.openapis.org/oas", "classpath:openapi")));
    Schema schema = official.getSchema(SchemaLocation.of(OPENAPI));
    assertThat(schema.validate(document)).isEmpty();
  }

  /** Fails unless a value is what a schema of the document says. */
  void assertConforms(JsonNode schema, JsonNode value) {
    String absolute = schema.toString().replace("\"#/", "\"" + HERE + "#/");
    JsonNode node = Service.JSON.readTree(absolute);
    assertThat(strict.getSchema(node).validate(value)).as(value.toString()).isEmpty();
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .get("paths")
        .forEachEntry((path, methods) ->
            methods.forEachEntry((method, it) ->
                operations.add(
                    new Operation(path, method.toUpperCase(java.util.Locale.ROOT), it))));
    return operations;
  }

  JsonNode document() {
    return document;
  }

  /** One method of one path. */
  record Operation(String path, String method, JsonNode json) {
    /** The responses by their status. */
    Map<String, JsonNode> responses() {
      Map<String, JsonNode> responses = new java.util.TreeMap<>();
      json.get("responses").forEachEntry(responses::put);
      return responses;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}
