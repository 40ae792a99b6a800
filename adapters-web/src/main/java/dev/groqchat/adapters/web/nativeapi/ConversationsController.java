package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.security.Visitors;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.CreateConversation;
import dev.groqchat.application.port.in.DeleteConversation;
import dev.groqchat.application.port.in.EditConversation;
import dev.groqchat.application.port.in.ListConversations;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.TurnId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Conversations: begin, list, read, change, delete. */
@RestController
@RequestMapping("/api/conversations")
class ConversationsController implements ConversationsApi {
  private final CreateConversation createConversation;
  private final ListConversations listConversations;
  private final ReadConversation readConversation;
  private final EditConversation editConversation;
  private final DeleteConversation deleteConversation;

  ConversationsController(
      CreateConversation createConversation,
      ListConversations listConversations,
      ReadConversation readConversation,
      EditConversation editConversation,
      DeleteConversation deleteConversation) {
    this.createConversation = createConversation;
    this.listConversations = listConversations;
    this.readConversation = readConversation;
    this.editConversation = editConversation;
    this.deleteConversation = deleteConversation;
  }

  @Override
  @PostMapping(consumes = "application/json")
  public ResponseEntity<ConversationJson> create(
      Caller caller,
      @RequestBody NewConversation body,
      HttpServletRequest request,
      HttpServletResponse response) {
    Caller visitor = Visitors.visiting(caller);
    Conversation begun =
        createConversation.create(
            visitor,
            body.id() == null ? null : new ConversationId(body.id()),
            body.title(),
            body.system());
    Visitors.remember(visitor, request, response);
    URI location = URI.create("/api/conversations/" + begun.key().id());
    return ResponseEntity.created(location).body(ConversationJson.of(begun));
  }

  @Override
  @GetMapping
  public PageJson<ConversationJson> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Page<Conversation, ConversationCursor> page =
        listConversations.list(caller, Cursors.read(cursor), Cursors.limit(limit));
    return new PageJson<>(
        page.items().stream().map(ConversationJson::of).toList(), Cursors.write(page.next()));
  }

  @Override
  @GetMapping("/{id}")
  public ConversationJson read(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    TurnId before = Cursors.turn(cursor);
    return ConversationJson.of(
        readConversation.read(caller, new ConversationId(id), before, Cursors.limit(limit)));
  }

  @Override
  @PatchMapping(path = "/{id}", consumes = "application/json")
  public ConversationJson edit(Caller caller, @PathVariable String id, @RequestBody EditJson body) {
    EditConversation.Edit edit = new EditConversation.Edit(body.title(), body.system());
    return ConversationJson.of(editConversation.edit(caller, new ConversationId(id), edit));
  }

  @Override
  @DeleteMapping("/{id}")
  public ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
    if (!deleteConversation.delete(caller, new ConversationId(id))) {
      throw new ChatException(new Failure.NotFound("conversation"));
    }
    return ResponseEntity.noContent().build();
  }
}
