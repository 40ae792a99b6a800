package dev.groqchat.adapters.persistence.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * A Lua script that Redis runs as one step. Sent by its hash alone, and whole only to a server that
 * does not know it yet. Touches keys of one slot only.
 *
 * @param <T> what it gives: Long, String or List, see {@link ScriptOutputType}
 */
final class RedisScript<T> {
  private final String text;
  private final String sha;
  private final ScriptOutputType output;

  private RedisScript(String text, ScriptOutputType output) {
    this.text = text;
    this.sha = sha1(text);
    this.output = output;
  }

  /** A script that gives a number; its text is {@code name.lua} beside this class. */
  static RedisScript<Long> number(String name) {
    return new RedisScript<>(load(name), ScriptOutputType.INTEGER);
  }

  /** A script that gives a list of numbers and strings, of which each may be null. */
  static RedisScript<List<Object>> list(String name) {
    return new RedisScript<>(load(name), ScriptOutputType.MULTI);
  }

  CompletionStage<T> run(
      RedisClusterAsyncCommands<String, String> redis, List<String> keys, String... arguments) {
    String[] names = keys.toArray(String[]::new);
    CompletableFuture<T> known =
        redis.<T>evalsha(sha, output, names, arguments).toCompletableFuture();
    return known.exceptionallyCompose(failure ->
        unwrapped(failure) instanceof RedisNoScriptException
            ? redis.<T>eval(text, output, names, arguments)
            : CompletableFuture.failedFuture(failure));
  }

  /** What a stage failed with, without what stages wrap around it. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException || cause instanceof ExecutionException) {
      Throwable inner = cause.getCause();
      if (inner == null) {
        return cause;
      }
      cause = inner;
    }
    return cause;
  }

  private static String load(String name) {
    try (InputStream file = RedisScript.class.getResourceAsStream(name + ".lua")) {
      if (file == null) {
        throw new IllegalStateException("no script " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Redis names scripts by their SHA-1: https://redis.io/docs/latest/commands/evalsha/ */
  private static String sha1(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
