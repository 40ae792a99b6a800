package dev.groqchat.adapters.web.nativeapi;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a new conversation may be given. */
record NewConversation(
    @Schema(description = "left out, the service makes one", pattern = ConversationsApi.ID_PATTERN)
        @Nullable String id,
    @Schema(maxLength = 200) @Nullable String title,
    @Schema(description = "a system prompt of its own, instead of the service's")
        @Nullable String system) {}
