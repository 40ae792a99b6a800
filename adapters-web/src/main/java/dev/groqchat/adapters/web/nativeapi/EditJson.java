package dev.groqchat.adapters.web.nativeapi;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What of a conversation may be changed; what is left out stays, what is blank is removed. */
@Schema(name = "ConversationEdit")
record EditJson(
    @Schema(description = "empty removes it", maxLength = 200) @Nullable String title,
    @Schema(description = "its system prompt; empty removes it") @Nullable String system) {}
