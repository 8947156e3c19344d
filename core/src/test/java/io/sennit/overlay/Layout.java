package io.sennit.overlay;

import io.sennit.event.MachineId;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// How much memory an object takes with all that is its own, counted by the layout of a 64-bit JVM
/// with compressed references. What machines share is not counted: contacts and coordinates, keys,
/// enum constants, lists handed in.
final class Layout {
  private static final int HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int REFERENCE = 4;

  private Layout() {}

  static long sizeBytes(Object object) {
    return sizeBytes(object, new IdentityHashMap<>());
  }

  private static long sizeBytes(Object object, Map<Object, Boolean> seen) {
    if (object == null || isShared(object) || seen.put(object, true) != null) {
      return 0;
    }
    var type = object.getClass();
    if (type.isArray()) {
      int length = Array.getLength(object);
      long size = aligned(ARRAY_HEADER + (long) length * width(type.getComponentType()));
      for (int i = 0; !type.getComponentType().isPrimitive() && i < length; i++) {
        size += sizeBytes(Array.get(object, i), seen);
      }
      return size;
    }
    long own = HEADER;
    long others = 0;
    for (var field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        own += width(field.getType());
        if (!field.getType().isPrimitive()) {
          try {
            field.setAccessible(true);
            others += sizeBytes(field.get(object), seen);
          } catch (IllegalAccessException refused) {
            throw new AssertionError(refused);
          }
        }
      }
    }
    return aligned(own) + others;
  }

  private static boolean isShared(Object object) {
    return object instanceof Contact
        || object instanceof Coordinate
        || object instanceof MachineId
        || object instanceof Enum
        || object instanceof List;
  }

  private static int width(Class<?> type) {
    if (!type.isPrimitive()) {
      return REFERENCE;
    }
    return type == long.class || type == double.class
        ? 8
        : type == int.class || type == float.class
            ? 4
            : type == short.class || type == char.class ? 2 : 1;
  }

  private static long aligned(long size) {
    return (size + 7) / 8 * 8;
  }
}
