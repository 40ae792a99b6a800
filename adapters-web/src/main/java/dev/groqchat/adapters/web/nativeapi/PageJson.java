package dev.groqchat.adapters.web.nativeapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next what to pass as {@code cursor} for the next page; null on the last one
 */
record PageJson<T>(List<T> items, @Nullable String next) {}
