package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.view.Printed;
import io.sennit.node.SennitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a command that did not work says, on one line, and its exit code.
final class Failures {
  /// Refused or failed.
  static final int FAILED = 3;

  private static final int LINE_LENGTH_MAX = 2_000;

  private Failures() {}

  /// Whatever a command throws; a wrong argument is wrong usage.
  static int report(Exception e, CommandLine command) {
    say(command, sentence(e));
    return e instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : FAILED;
  }

  /// A command line that cannot be read.
  static int report(ParameterException e) {
    var command = e.getCommandLine();
    var help = "; see '" + command.getCommandSpec().qualifiedName() + " --help'";
    var message = String.valueOf(e.getMessage());
    var guess = "";
    if (e instanceof UnmatchedArgumentException unmatched) {
      var suggestions = unmatched.getSuggestions();
      guess = suggestions.isEmpty() ? "" : "; did you mean '" + suggestions.getFirst() + "'?";
    }
    say(command, message.replaceFirst("^Error: ", "") + (guess.isEmpty() ? help : guess));
    return CommandLine.ExitCode.USAGE;
  }

  private static void say(CommandLine command, String sentence) {
    command.getErr().println("sennit: " + Printed.safe(sentence.strip(), LINE_LENGTH_MAX));
    command.getErr().flush();
  }

  /// What went wrong, in words for people.
  static String sentence(Throwable e) {
    return switch (e) {
      case SennitException refused -> String.valueOf(refused.getMessage());
      case Door.RefusedException refused -> String.valueOf(refused.getMessage());
      case IllegalArgumentException wrong -> String.valueOf(wrong.getMessage());
      case CompletionException wrapped when wrapped.getCause() != null ->
          sentence(wrapped.getCause());
      case UncheckedIOException wrapped when wrapped.getCause() != null ->
          sentence(wrapped.getCause());
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      case AccessDeniedException denied -> "this user may not use " + denied.getFile();
      case CharacterCodingException _ -> "the input is not UTF-8: encode it anew";
      case IOException io -> "reading or writing failed: " + io.getMessage();
      default -> "this is our fault, please report it: " + e + origin(e);
    };
  }

  private static String origin(Throwable e) {
    return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
  }
}
