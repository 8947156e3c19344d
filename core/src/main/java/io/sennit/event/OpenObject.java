package io.sennit.event;

import java.util.Arrays;
import java.util.Comparator;

/// The members of one object in the order they came, each written as `"name":value,`, until they
/// are put in canonical order.
final class OpenObject {
  private String[] names = new String[8];
  private int[] from = new int[9];
  private int count;
  private boolean ascending = true;

  /// A member begins at this offset.
  void add(String name, int at) {
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      from = Arrays.copyOf(from, count * 2 + 1);
    }
    ascending &= count == 0 || names[count - 1].compareTo(name) < 0;
    names[count] = name;
    from[count++] = at;
  }

  /// Offset of the first member whose name is greater than `name`, after sorting; the offset after
  /// all of them when none is.
  int place(String name) {
    int index = 0;
    while (index < count && names[index].compareTo(name) < 0) {
      index++;
    }
    return from[index];
  }

  /// Puts the members in canonical order: by their names' UTF-16 code units, which is how Java
  /// compares strings. Answers false when a name is there twice.
  boolean sort(CanonicalText text) {
    from[count] = text.length();
    if (ascending) {
      return true;
    }
    var order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(i -> names[i]));
    int start = from[0];
    var moved = new byte[text.length() - start];
    var sortedNames = new String[count];
    var sortedFrom = new int[count + 1];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int member = order[i];
      int size = from[member + 1] - from[member];
      System.arraycopy(text.bytes(), from[member], moved, at, size);
      sortedNames[i] = names[member];
      sortedFrom[i] = start + at;
      at += size;
    }
    sortedFrom[count] = start + at;
    System.arraycopy(moved, 0, text.bytes(), start, moved.length);
    names = sortedNames;
    from = sortedFrom;
    for (int i = 1; i < count; i++) {
      if (names[i].equals(names[i - 1])) {
        return false;
      }
    }
    return true;
  }

  /// A name that is there twice, after sorting.
  String duplicate() {
    for (int i = 1; i < count; i++) {
      if (names[i].equals(names[i - 1])) {
        return names[i];
      }
    }
    throw new IllegalStateException("no name is there twice");
  }
}
