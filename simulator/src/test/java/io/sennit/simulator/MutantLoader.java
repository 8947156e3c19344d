package io.sennit.simulator;

import io.sennit.machine.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/// Core and simulator once more, in a class loader of their own, with some classes of the core
/// compiled from changed sources. Nothing of the project comes from the parent.
final class MutantLoader extends ClassLoader {
  private final Map<String, byte[]> compiled;

  private MutantLoader(Map<String, byte[]> compiled) {
    super(Machine.class.getClassLoader());
    this.compiled = compiled;
  }

  /// Core and simulator with these sources instead of those of the core.
  static MutantLoader of(Map<String, String> sources) throws IOException, URISyntaxException {
    return new MutantLoader(compile(sources));
  }

  /// The rule that a seed finds broken, or nothing: `(long) → String`.
  MethodHandle seed() throws ReflectiveOperationException {
    return MethodHandles.publicLookup()
        .findStatic(
            loadClass(Simulation.class.getName()),
            "broken",
            MethodType.methodType(String.class, long.class));
  }

  /// The rule that a scenario finds broken, or nothing: `(String) → String`.
  MethodHandle scenario() throws ReflectiveOperationException {
    return MethodHandles.publicLookup()
        .findStatic(
            loadClass(Simulation.class.getName()),
            "broken",
            MethodType.methodType(String.class, String.class));
  }

  /// The hunter's command line: `(PrintStream, String[]) → int`.
  MethodHandle hunt() throws ReflectiveOperationException {
    return MethodHandles.publicLookup()
        .findStatic(
            loadClass(Hunter.class.getName()),
            "hunt",
            MethodType.methodType(int.class, PrintStream.class, String[].class))
        .asFixedArity();
  }

  private static Map<String, byte[]> compile(Map<String, String> sources)
      throws IOException, URISyntaxException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
      var options =
          List.of("-proc:none", "-classpath", place(Machine.class) + ":" + place(NullMarked.class));
      var units =
          sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new IllegalStateException("the mutant does not compile:\n" + messages);
      }
      return files.classes();
    }
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.sennit.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    var bytes = compiled.get(name);
    if (bytes == null) {
      try (var stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = stream.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /// A source file that exists nowhere else.
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("mutant:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /// Keeps what is compiled.
  private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    InMemory(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mutant:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          var bytes = new ByteArrayOutputStream();
          written.put(name, bytes);
          return bytes;
        }
      };
    }

    Map<String, byte[]> classes() {
      var classes = new HashMap<String, byte[]>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }
}
