package io.sennit.app.doctor;

import io.sennit.app.door.Json;
import java.util.LinkedHashMap;
import java.util.Locale;

/// One thing that was looked at.
///
/// @param about in one word
/// @param found in a sentence
/// @param remedy what to do; empty when all is well
public record Sign(String about, Verdict verdict, String found, String remedy) {
  /// How bad it is.
  public enum Verdict {
    /// As it should be.
    OK,
    /// It works, but may not be what is wanted, or not work for long.
    WARN,
    /// It does not work.
    BAD
  }

  static Sign ok(String about, String found) {
    return new Sign(about, Verdict.OK, found, "");
  }

  static Sign warn(String about, String found, String remedy) {
    return new Sign(about, Verdict.WARN, found, remedy);
  }

  static Sign bad(String about, String found, String remedy) {
    return new Sign(about, Verdict.BAD, found, remedy);
  }

  /// The verdict as it is printed.
  public String word() {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /// As a JSON object.
  public String json() {
    var members = new LinkedHashMap<String, Object>();
    members.put("about", about);
    members.put("verdict", word());
    members.put("found", found);
    members.put("remedy", remedy);
    return Json.text(members);
  }
}
