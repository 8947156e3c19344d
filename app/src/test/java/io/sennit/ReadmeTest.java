package io.sennit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compiles and runs the Java of `README.md`, so that the first lines a reader copies work.
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern PATH = Pattern.compile("Path\\.of\\(\"(\\w+)\"\\)");

  @Test
  void theExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    var code = JAVA.matcher(Files.readString(Repository.ROOT.resolve("README.md")));
    assertThat(code.find()).isTrue();
    var example = PATH.matcher(code.group(1)).replaceAll("folder.resolve(\"$1\")");
    compile(
        folder,
        """
        import io.sennit.node.Address;
        import io.sennit.node.Sennit;
        import java.nio.file.Path;
        import java.util.List;

        public class Readme {
          public static void run(Path folder) throws Exception {
        %s
          }
        }
        """
            .formatted(example));

    try (var classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      classes.loadClass("Readme").getMethod("run", Path.class).invoke(null, folder);
    }
    assertThat(folder.resolve("a")).isDirectory();
    assertThat(folder.resolve("b")).isDirectory();
  }

  private static void compile(Path folder, String code) throws IOException {
    var source = Files.writeString(folder.resolve("Readme.java"), code);
    var compiler = ToolProvider.getSystemJavaCompiler();
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var done =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of("-classpath", path, "-d", folder.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(done).as("javac on the example of README.md").isTrue();
    }
  }
}
