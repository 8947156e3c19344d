package io.sennit.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Whom to dial: addresses with the keys behind them, and who was hung up on. Kept in a file, which
/// is replaced as a whole and carries a checksum of what it says.
///
/// What an operator says is written at once; what is only heard, when the book is
/// [flushed][#flush].
final class AddressBook {
  /// Most addresses that are kept.
  static final int ENTRIES_MAX = 4096;

  /// @param machine the key behind the address as text, or empty while nobody knows
  /// @param refused whether an operator hung up on this peer
  /// @param added whether an operator wants it dialled
  record Known(String machine, boolean refused, boolean added) {
    /// Of which was only heard.
    static Known heard(String machine) {
      return new Known(machine, false, false);
    }

    private boolean matters() {
      return refused || added;
    }
  }

  private static final String CHECK = "crc32c";
  private static final String DAMAGED =
      "is damaged: `sennit repair` sets it aside, and peers are named anew";

  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final LinkedHashMap<String, Known> entries = new LinkedHashMap<>();
  private boolean changed;

  /// Reads the file, if there is one.
  AddressBook(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      read();
    }
  }

  /// Those put longest ago first.
  Map<String, Known> entries() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /// How many machines it knows that nobody hung up on.
  long machines() {
    return entries.values().stream()
        .filter(known -> !known.refused && !known.machine.isEmpty())
        .map(Known::machine)
        .distinct()
        .count();
  }

  Optional<Known> get(String address) {
    return Optional.ofNullable(entries.get(address));
  }

  /// Whether an operator hung up on the machine with this key.
  boolean refuses(String machine) {
    return entries.values().stream()
        .anyMatch(known -> known.refused && known.machine.equals(machine));
  }

  /// Remembers what is known of an address. In a full book it takes the place of the one that was
  /// put longest ago and that no operator spoke of.
  ///
  /// @return whether something changed
  boolean put(String address, Known known) {
    var before = entries.putLast(address, known);
    if (known.equals(before)) {
      return false;
    }
    if (entries.size() > ENTRIES_MAX) {
      var oldest =
          entries.entrySet().stream().filter(entry -> !entry.getValue().matters()).findFirst();
      entries.remove(oldest.map(Map.Entry::getKey).orElse(address));
    }
    changed = true;
    return true;
  }

  /// Writes what changed. What the disk refuses is remembered here, and written the next time.
  void flush() {
    if (changed) {
      write();
    }
  }

  private void read() {
    var check = "";
    try (var in = JSON.createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        var address = in.currentName();
        var machine = "";
        boolean refused = false;
        boolean added = false;
        var token = in.nextToken();
        if (token == JsonToken.VALUE_STRING && address.equals(CHECK)) {
          check = in.getString();
          continue;
        }
        if (token != JsonToken.START_OBJECT) {
          throw new IOException("an address with nothing behind it");
        }
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
          var name = in.currentName();
          var value = in.nextToken();
          if (name.equals("machine")) {
            machine = in.getString();
          } else if (name.equals("refused")) {
            refused = value == JsonToken.VALUE_TRUE;
          } else if (name.equals("added")) {
            added = value == JsonToken.VALUE_TRUE;
          }
        }
        entries.put(address, new Known(machine, refused, added));
      }
    } catch (IOException | JacksonException e) {
      throw new SennitException(
          SennitException.Kind.REFUSED, "the address book " + file + " " + DAMAGED, e);
    }
    if (!check.isEmpty() && !check.equals(check())) {
      throw new SennitException(
          SennitException.Kind.REFUSED, "the address book " + file + " " + DAMAGED);
    }
  }

  /// CRC32C of what the book says; one without is taken as it is.
  private String check() {
    var crc = new CRC32C();
    entries.forEach((address, known) ->
        crc.update(
            (address
                    + '\n'
                    + known.machine
                    + '\n'
                    + known.refused
                    + '\n'
                    + (known.added ? "added\n" : ""))
                .getBytes(StandardCharsets.UTF_8)));
    return "%08x".formatted(crc.getValue());
  }

  private void write() {
    var bytes = new ByteArrayOutputStream();
    try (var out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeName(CHECK);
      out.writeString(check());
      for (var entry : entries.entrySet()) {
        out.writeName(entry.getKey());
        out.writeStartObject();
        out.writeName("machine");
        out.writeString(entry.getValue().machine);
        out.writeName("refused");
        out.writeBoolean(entry.getValue().refused);
        if (entry.getValue().added) {
          out.writeName("added");
          out.writeBoolean(true);
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    try {
      var fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, bytes.toByteArray());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      changed = false;
    } catch (IOException e) {
      System.getLogger(AddressBook.class.getName())
          .log(Level.WARNING, "the address book " + file + " cannot be written now", e);
    }
  }
}
