import { prompt } from './dialogs.js';
import { h } from './dom.js';

/** Asks for an API key until there is one: without it nothing can be shown. */
export async function askForKey(wrong) {
  for (;;) {
    const key = await prompt('This service wants a key', {
      label: 'API key',
      type: 'password',
      action: 'Go on',
      required: true,
      help: wrong ? 'This key was not accepted. Try another one.' : 'Whoever runs the service has given you one. It is kept in this tab only, and forgotten when you close it.',
    });
    if (key?.trim()) return key.trim();
  }
}

/** Asks what the model is told before all else. */
export function askForSettings(conversation, status) {
  const form = prompt('Instructions', {
    label: 'What the model is told at the beginning of this conversation',
    value: conversation.system ?? '',
    action: 'Save',
    lines: 8,
    help: `Empty: the service’s own, if it has one.${status?.limits ? ` The model sees the last ${status.limits.max_exchanges} exchanges at most, and answers with at most ${status.limits.max_tokens} tokens.` : ''}`,
    secondary: h('button', { type: 'button', class: 'link', onclick: (e) => {
      e.target.closest('form').querySelector('textarea').value = '';
    } }, 'Clear'),
  });
  return form;
}
