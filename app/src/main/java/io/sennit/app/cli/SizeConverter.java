package io.sennit.app.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A size in bytes, as people write it: `4096`, `64K`, `256M`, `2G`.
final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,10})([KMG]?)");

  /// picocli makes it.
  SizeConverter() {}

  @Override
  public Long convert(String text) {
    var size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException("'" + text + "' is no size: say 64K, 256M or 2G");
    }
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case "K" -> number << 10;
      case "M" -> number << 20;
      case "G" -> number << 30;
      default -> number;
    };
  }
}
