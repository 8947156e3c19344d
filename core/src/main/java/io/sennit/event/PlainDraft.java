package io.sennit.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Drafts of JSON whose values are canonical as they stand, which is how most programs write it:
/// the scan that checks events checks them, and they are copied. The outermost members may come in
/// any order.
///
/// Whatever is written otherwise, or is faulty, is left to [DraftReader].
final class PlainDraft {
  private final Form form;
  private final Values values;

  /// The names of the outermost members, and the offsets of each member and of what follows it.
  private String[] names = new String[8];

  private int[] from = new int[8];
  private int[] to = new int[8];
  private int count;
  private boolean timeGiven;

  private PlainDraft(byte[] json) {
    form = new Form(json);
    values = new Values(form, new Names(form));
  }

  /// The draft, or null when the text has to be read with more care.
  static Draft.@Nullable Drafting read(byte[] json, String time) {
    var plain = new PlainDraft(json);
    return json.length <= Limits.EVENT_SIZE_BYTES_MAX && plain.scan() ? plain.draft(time) : null;
  }

  private boolean scan() {
    if (form.peek(0) != '{') {
      return false;
    }
    int at = 1;
    if (form.peek(at) != '}') {
      do {
        at = member(at);
      } while (at > 0 && form.peek(at++) == ',');
      at--;
    }
    return at > 0 && form.peek(at) == '}' && at + 1 == form.bytes.length;
  }

  /// The offset after the member, or a negative one.
  private int member(int start) {
    if (form.peek(start) != '"') {
      return Form.FAULT;
    }
    int quote = Strings.end(form, start + 1);
    if (quote < 0 || form.escapes != 0 || form.peek(quote + 1) != ':') {
      return Form.FAULT;
    }
    var name = new String(form.bytes, start + 1, quote - start - 1, StandardCharsets.UTF_8);
    boolean time = name.equals(DraftReader.TIME);
    if (DraftReader.RESERVED.contains(name) || (time && form.peek(quote + 2) != '"')) {
      return Form.FAULT;
    }
    timeGiven |= time;
    int end = values.end(quote + 2);
    form.escapes = 0;
    if (end > 0) {
      note(name, start, end);
    }
    return end;
  }

  private void note(String name, int start, int end) {
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      from = Arrays.copyOf(from, count * 2);
      to = Arrays.copyOf(to, count * 2);
    }
    names[count] = name;
    from[count] = start;
    to[count++] = end;
  }

  private Draft.@Nullable Drafting draft(String time) {
    var text = new CanonicalText(form.bytes.length + DraftReader.TIME.length() + time.length() + 8);
    var members = new OpenObject();
    boolean timeDue = !timeGiven;
    for (int i = 0; i < count; i++) {
      if (timeDue && names[i].compareTo(DraftReader.TIME) > 0) {
        time(members, text, time);
        timeDue = false;
      }
      members.add(names[i], text.length());
      text.bytes(form.bytes, from[i], to[i]).put(',');
    }
    if (timeDue) {
      time(members, text, time);
    }
    return members.sort(text) ? Draft.of(members, text) : null;
  }

  private static void time(OpenObject members, CanonicalText text, String time) {
    members.add(DraftReader.TIME, text.length());
    text.ascii("\"time\":").string(time);
    text.put(',');
  }
}
