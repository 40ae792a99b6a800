package dev.groqchat.adapters.web.nativeapi;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What of a conversation may be changed; what is left out stays, what is blank is removed. */
record EditJson(
    @Schema(description = "at most 200 characters; empty removes it") @Nullable String title,
    @Schema(description = "its system prompt; empty removes it") @Nullable String system) {}
