package io.sennit.flowchart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;

/// An SVG that says from which PlantUML text it was drawn.
///
/// The same text gives other coordinates where other fonts are installed, so two drawings cannot be
/// compared; the hash of the text in the first line can. Drawing needs fonts, comparing does not.
final class Picture {
  private static final String MARK = "<!-- drawn by docs/rewrite from a text with SHA-256 ";

  private Picture() {}

  /// Whether this SVG was drawn from this text.
  static boolean shows(String svg, String plantUml) {
    return svg.startsWith(MARK + hash(plantUml));
  }

  /// Draws it.
  static String draw(String plantUml) throws IOException {
    System.setProperty("java.awt.headless", "true");
    var bytes = new ByteArrayOutputStream();
    var format = new FileFormatOption(FileFormat.SVG, false);
    new SourceStringReader(plantUml).outputImage(bytes, 0, format);
    var svg =
        bytes
            .toString(StandardCharsets.UTF_8)
            .replaceAll("<\\?(xml|plantuml).*?\\?>", "")
            .replaceAll("(?s)<!--.*?-->", "");
    if (!svg.contains("<svg") || svg.contains("Syntax Error")) {
      throw new IllegalStateException("PlantUML could not draw:\n" + plantUml);
    }
    return MARK + hash(plantUml) + " -->\n" + svg.strip() + "\n";
  }

  private static String hash(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }
}
