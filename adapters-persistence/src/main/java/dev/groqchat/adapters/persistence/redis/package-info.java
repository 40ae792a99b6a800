/**
 * Everything in one Redis, or a cluster of them, for many instances. Only the configuration is for
 * other packages. All calls go through {@link dev.groqchat.adapters.persistence.redis.RedisGate}.
 */
@NullMarked
package dev.groqchat.adapters.persistence.redis;

import org.jspecify.annotations.NullMarked;
