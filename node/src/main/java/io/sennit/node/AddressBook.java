package io.sennit.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
/// is replaced as a whole whenever something changes and carries a checksum of what it says.
final class AddressBook {
  /// Most addresses that are kept.
  static final int ENTRIES_MAX = 64;

  /// @param machine the key behind the address as text, or empty while nobody knows
  /// @param refused whether an operator hung up on this peer
  record Known(String machine, boolean refused) {}

  private static final String CHECK = "crc32c";
  private static final String DAMAGED =
      "is damaged: `sennit repair` sets it aside, and peers are named anew";

  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final Map<String, Known> entries = new LinkedHashMap<>();
  private boolean unwritten;

  /// Reads the file, if there is one.
  AddressBook(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      read();
    }
  }

  Map<String, Known> entries() {
    return Map.copyOf(entries);
  }

  Optional<Known> get(String address) {
    return Optional.ofNullable(entries.get(address));
  }

  /// Whether an operator hung up on the machine with this key.
  boolean refuses(String machine) {
    return entries.values().stream()
        .anyMatch(known -> known.refused && known.machine.equals(machine));
  }

  /// Remembers what is known of an address. A full book takes no more. What the disk refuses is
  /// remembered here and written with the next change.
  ///
  /// @return whether something changed
  boolean put(String address, Known known) {
    if (known.equals(entries.get(address))
        || (!entries.containsKey(address) && entries.size() >= ENTRIES_MAX)) {
      if (unwritten) {
        write();
      }
      return false;
    }
    entries.put(address, known);
    write();
    return true;
  }

  private void read() {
    var check = "";
    try (var in = JSON.createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        var address = in.currentName();
        var machine = "";
        boolean refused = false;
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
          }
        }
        entries.put(address, new Known(machine, refused));
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
            (address + '\n' + known.machine + '\n' + known.refused + '\n')
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
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    try {
      var fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, bytes.toByteArray());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      unwritten = false;
    } catch (IOException e) {
      unwritten = true;
      System.getLogger(AddressBook.class.getName())
          .log(Level.WARNING, "the address book " + file + " cannot be written now", e);
    }
  }
}
