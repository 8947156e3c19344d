package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import java.net.http.HttpResponse;

/// What every error is.
final class ProblemAssert {
  private ProblemAssert() {}

  /// Checks that the answer is a problem document for its status; answers the detail.
  static String assertProblem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(answer.statusCode() + " " + answer.body())
        .hasValue("application/problem+json");
    return assertDocument(answer.statusCode(), answer.body());
  }

  /// Checks that this is a problem document; answers the detail.
  static String assertDocument(int status, String text) {
    var document = Json.read(text);
    assertThat(Json.number(document, "status")).isEqualTo(status);
    assertThat(Json.string(document, "type")).isNotEmpty();
    assertThat(Json.string(document, "title")).isNotEmpty();
    var detail = Json.string(document, "detail");
    assertThat(detail).as("the detail says what to do").hasSizeGreaterThan(10);
    return detail;
  }
}
