package io.sennit.app.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// `GET /v1/openapi.yaml` and `GET /v1/errors/{name}`: the documents of the repository that belong
/// to the API, as they were when it was built.
final class PagesApi {
  private static final String YAML = "application/yaml";
  private static final String MARKDOWN = "text/markdown; charset=utf-8";

  void openApi(ServerRequest request, ServerResponse response) {
    Api.answer(response, Status.OK_200, YAML, page("openapi.yaml"));
  }

  void problem(ServerRequest request, ServerResponse response) {
    var name = request.path().pathParameters().get("name");
    if (Arrays.stream(ProblemType.values()).noneMatch(type -> type.page().equals(name))) {
      throw new Problem(
          ProblemType.NOT_FOUND, "no problem is called " + name + ": docs/errors has all of them");
    }
    Api.answer(response, Status.OK_200, MARKDOWN, page("errors/" + name + ".md"));
  }

  private static byte[] page(String name) {
    try (var in = PagesApi.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build left out docs/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
