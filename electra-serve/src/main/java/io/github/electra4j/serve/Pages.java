package io.github.electra4j.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What the service shows of itself: a page to try it in a browser, and its description. */
final class Pages {
  private static final String STYLE = "<style></style>";
  private static final String SCRIPT = "<script></script>";

  private final Reply page;
  private final Reply description;

  Pages() {
    String script = "\n" + resource("page.js");
    String html =
        resource("page.html")
            .replace(STYLE, "<style>\n%s</style>".formatted(resource("page.css")))
            .replace(SCRIPT, "<script>%s</script>".formatted(script));
    this.page =
        Reply.text("text/html; charset=utf-8", html)
            .with("Content-Security-Policy", policy(script))
            .with("X-Frame-Options", "DENY")
            .with("Referrer-Policy", "no-referrer");
    this.description = Reply.text(Reply.JSON, resource("openapi.json"));
  }

  /** The page. */
  Reply page() {
    return page;
  }

  /** The description. */
  Reply description() {
    return description;
  }

  /** Nothing but the page's own script may run, and it may speak to this service alone. */
  private static String policy(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; script-src 'sha256-%s'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          .formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("The resource %s is missing from the jar".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
