package dev.groqchat.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, and searching in arrays. Not thread-safe. */
final class Bytes {
  /** Nothing in the benchmark is that long. */
  private static final int LARGEST = 64 << 20;

  private byte[] array = new byte[512];
  private int length;

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void append(byte[] from, int start, int end) {
    int needed = length + end - start;
    if (needed > LARGEST) {
      throw new IllegalStateException("over " + LARGEST + " bytes");
    }
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, 2 * array.length));
    }
    System.arraycopy(from, start, array, length, end - start);
    length = needed;
  }

  /** Forgets the first of them. */
  void drop(int count) {
    System.arraycopy(array, count, array, 0, length - count);
    length -= count;
  }

  String text() {
    return text(array, 0, length);
  }

  static String text(byte[] array, int start, int end) {
    return new String(array, start, end - start, StandardCharsets.UTF_8);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Where a needle begins between start and end, or -1. */
  static int indexOf(byte[] needle, byte[] array, int start, int end) {
    int last = end - needle.length;
    for (int i = start; i <= last; i++) {
      if (array[i] == needle[0] && matches(needle, array, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Where a needle begins for the last time before the end, or -1. */
  static int lastIndexOf(byte[] needle, byte[] array, int end) {
    for (int i = end - needle.length; i >= 0; i--) {
      if (array[i] == needle[0] && matches(needle, array, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether an array goes on with the needle; there must be room for it. */
  static boolean matches(byte[] needle, byte[] array, int at) {
    for (int i = 0; i < needle.length; i++) {
      if (array[at + i] != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
