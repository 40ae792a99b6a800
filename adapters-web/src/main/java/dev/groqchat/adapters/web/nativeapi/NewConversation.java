package dev.groqchat.adapters.web.nativeapi;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a new conversation may be given. */
record NewConversation(
    @Schema(description = "1 to 128 of A-Z a-z 0-9 . _ : -; left out, the service makes one")
        @Nullable String id,
    @Schema(description = "at most 200 characters") @Nullable String title,
    @Schema(description = "a system prompt of its own, instead of the service's")
        @Nullable String system) {}
