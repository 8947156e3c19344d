package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `docs/openapi.yaml`, and what was seen of it: every request that was taken and every answer is
/// held against it, and whatever it does not name fails.
final class Contract {
  /// Headers that belong to HTTP, not to an operation.
  private static final Set<String> FRAMING =
      Set.of("date", "connection", "content-length", "transfer-encoding", "content-type");

  private static final Set<String> REQUEST_FRAMING =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "content-type",
          "origin",
          "expect",
          "content-encoding");

  private static final ObjectMapper JSON = new ObjectMapper();
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final JsonNode document;
  private final Set<String> seen = new TreeSet<>();

  Contract(Path file) throws IOException {
    document = new YAMLMapper().readTree(Files.readString(file));
    assertThat(document.get("openapi").asString()).startsWith("3.1.");
  }

  /// Every operation with every status it documents, and those that any may answer.
  Set<String> documented() {
    var all = new TreeSet<String>();
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        var id = operation.getValue().get("operationId").asString();
        operation
            .getValue()
            .get("responses")
            .propertyNames()
            .forEach(status -> all.add(id + " " + status));
      }
    }
    document.get("x-everywhere").propertyNames().forEach(status -> all.add("everywhere " + status));
    return all;
  }

  Set<String> seen() {
    return seen;
  }

  /// Fails unless the document allows what was said and what was answered.
  void check(Exchange exchange) {
    var path = exchange.target().replaceFirst("\\?.*", "");
    var template = template(path);
    var operation =
        template
            .map(found -> document.get("paths").get(found))
            .map(item -> item.get(exchange.method().toLowerCase(Locale.ROOT)));
    var status = String.valueOf(exchange.status());
    var response = operation.map(found -> found.get("responses").get(status)).orElse(null);
    if (response != null) {
      seen.add(operation.get().get("operationId").asString() + " " + status);
    } else {
      response = document.get("x-everywhere").get(status);
      assertThat(response).as("undocumented: " + exchange).isNotNull();
      assertThat(operation.isPresent() && Set.of("404", "405").contains(status))
          .as("a documented call says that it is none: " + exchange)
          .isFalse();
      seen.add("everywhere " + status);
    }
    if (exchange.status() < 300) {
      checkRequest(exchange, template.orElseThrow(), operation.orElseThrow());
    }
    checkAnswer(exchange, resolved(response));
  }

  private Optional<String> template(String path) {
    return document.get("paths").propertyNames().stream()
        .filter(template -> matcher(template).matcher(path).matches())
        .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")));
  }

  private static Pattern matcher(String template) {
    return Pattern.compile(template.replace(".", "\\.").replaceAll("\\{\\w+}", "([^/]+)"));
  }

  private void checkRequest(Exchange exchange, String template, JsonNode operation) {
    var named = new TreeSet<String>();
    for (var parameter : operation.path("parameters")) {
      var name = parameter.get("name").asString();
      var in = parameter.get("in").asString();
      named.add(in + " " + name.toLowerCase(Locale.ROOT));
      var value =
          switch (in) {
            case "query" ->
                query(exchange).stream()
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> pair.substring(name.length() + 1))
                    .findFirst()
                    .orElse(null);
            case "header" -> exchange.headers().get(name.toLowerCase(Locale.ROOT));
            default -> inPath(exchange, template);
          };
      assertThat(value != null || !parameter.path("required").asBoolean(false)).as(name).isTrue();
      if (value != null) {
        validate(parameter.get("schema"), JSON.writeValueAsString(value), name + " of " + exchange);
      }
    }
    assertThat(query(exchange))
        .as("query")
        .allMatch(pair -> named.contains("query " + pair.replaceFirst("=.*", "")));
    assertThat(exchange.headers().keySet())
        .as("headers")
        .allMatch(name -> REQUEST_FRAMING.contains(name) || named.contains("header " + name));
    var content = operation.path("requestBody").path("content");
    if (!content.isMissingNode() || !exchange.body().isEmpty()) {
      var type = media(exchange.headers().getOrDefault("content-type", ""));
      assertThat(content.has(type)).as("request type " + type).isTrue();
      checkBody(content.get(type), type, exchange.body(), "request of " + exchange);
    }
  }

  private static List<String> query(Exchange exchange) {
    int mark = exchange.target().indexOf('?');
    return mark < 0 ? List.of() : List.of(exchange.target().substring(mark + 1).split("&", -1));
  }

  private static @Nullable String inPath(Exchange exchange, String template) {
    var path = matcher(template).matcher(exchange.target().replaceFirst("\\?.*", ""));
    return path.matches() ? URLDecoder.decode(path.group(1), StandardCharsets.UTF_8) : null;
  }

  private void checkAnswer(Exchange exchange, JsonNode response) {
    var headers = response.path("headers");
    var named = new TreeSet<String>();
    for (var header : headers.properties()) {
      var name = header.getKey().toLowerCase(Locale.ROOT);
      named.add(name);
      var value = exchange.answerHeaders().get(name);
      assertThat(value != null || !header.getValue().path("required").asBoolean(false))
          .as(name + " is missing: " + exchange)
          .isTrue();
      if (value != null) {
        validate(header.getValue().get("schema"), JSON.writeValueAsString(value), name);
      }
    }
    assertThat(exchange.answerHeaders().keySet())
        .as("headers of " + exchange)
        .allMatch(name -> FRAMING.contains(name) || named.contains(name));
    var type = media(exchange.contentType());
    var content = response.get("content");
    assertThat(content.has(type)).as("undocumented type: " + exchange).isTrue();
    checkBody(content.get(type), type, exchange.answer(), exchange.toString());
    if (type.equals("application/problem+json")) {
      assertThat(JSON.readTree(exchange.answer()).get("status").asInt())
          .isEqualTo(exchange.status());
    }
  }

  private static String media(String contentType) {
    return contentType.replaceFirst(";.*", "").strip();
  }

  private void checkBody(JsonNode content, String type, String body, String about) {
    if (content.has("x-itemSchema")) {
      var items = type.equals("text/event-stream") ? blocks(body) : lines(body);
      items.forEach(item -> validate(content.get("x-itemSchema"), item, about));
    }
    var json = type.endsWith("json") && !type.endsWith("ndjson");
    validate(content.get("schema"), json ? body : JSON.writeValueAsString(body), about);
  }

  private static List<String> lines(String body) {
    return body.lines().filter(line -> !line.isBlank()).toList();
  }

  /// Each block of a stream as an object of its fields, the data of an event parsed.
  private static List<String> blocks(String body) {
    var blocks = new ArrayList<String>();
    for (var block : body.stripTrailing().split("\n\n", -1)) {
      var fields = JSON.createObjectNode();
      for (var line : block.lines().toList()) {
        int colon = line.indexOf(':');
        var value = line.substring(colon + 1).stripLeading();
        var name = colon == 0 ? "comment" : line.substring(0, colon);
        if (name.equals("data")) {
          fields.set(name, JSON.readTree(value));
        } else {
          fields.put(name, value);
        }
      }
      blocks.add(fields.toString());
    }
    return blocks;
  }

  /// The schema stands in the document, so its references begin at the document's top.
  private void validate(JsonNode schema, String json, String about) {
    var whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.set("components", document.get("components"));
    whole.set("allOf", JSON.createArrayNode().add(schema));
    var errors = schemas.getSchema(whole).validate(json, InputFormat.JSON);
    assertThat(errors).as(about + " against " + schema).isEmpty();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }
}
