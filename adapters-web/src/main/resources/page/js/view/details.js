import { Problem } from '../net/problem.js';
import { dialog } from './dialogs.js';
import { h } from './dom.js';
import { duration, number } from './words.js';

const VERIFIED = {
  exact: 'Checked: byte for byte what the service has (SHA-256).',
  length: 'Checked by its length. Checking it by SHA-256 takes HTTPS or localhost.',
  different: 'What arrived was not what the service has; it was replaced by what the service has.',
};

/** Shows an answer's tokens, timings and what the model saw. */
export async function showDetails(api, conversation, turn) {
  const context = h('div', { class: 'context', 'aria-busy': 'true' }, h('p', { class: 'help' }, 'Reading what the model saw …'));
  dialog(
    'About this answer',
    h('dl', { class: 'facts' }, ...facts(turn).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    turn.verified && h('p', { class: 'help' }, VERIFIED[turn.verified]),
    h('h3', {}, 'What the model saw'),
    context,
  );
  try {
    const { sent, dropped } = await api.context(conversation, turn.id);
    context.replaceChildren(
      h('p', { class: 'help' }, `${amount(sent)}. ${dropped.messages.length ? `Left out, as it would not fit: ${amount(dropped)}.` : 'Nothing was left out.'}`),
      h('ol', {}, ...sent.messages.map(message)),
    );
  } catch (e) {
    context.replaceChildren(h('p', {}, e instanceof Problem ? `${e.title}. ${e.detail}` : 'It cannot be read just now.'));
  }
  context.removeAttribute('aria-busy');
}

function amount({ messages, tokens }) {
  return `${messages.length === 1 ? '1 message' : `${number(messages.length)} messages`}, ${number(tokens)} tokens`;
}

function facts(turn) {
  const { usage, timings } = turn;
  const about = usage?.source === 'estimated' ? ' (estimated)' : '';
  return [
    ['Model', turn.model],
    ['Status', turn.status + (turn.finishReason ? `, ${turn.finishReason}` : '')],
    usage && ['Tokens read', number(usage.prompt_tokens) + about],
    usage && ['Tokens written', number(usage.completion_tokens) + about],
    timings && ['In the queue', duration(timings.queue_ms)],
    timings && ['First token after', duration(timings.first_token_ms)],
    timings && ['Whole answer', duration(timings.total_ms)],
    timings && usage && timings.first_token_ms != null && ['Speed', `${number(Math.round(usage.completion_tokens / Math.max(0.001, (timings.total_ms - timings.first_token_ms) / 1000)))} tokens/s`],
    timings && ['Our own part', duration(timings.overhead_ms)],
    turn.cache && ['Cache', turn.cache],
    ['Turn', turn.id],
  ].filter((it) => it && it[1]);
}

function message({ role, content, tokens }) {
  return h(
    'li',
    {},
    h('div', { class: 'context-head' }, h('span', {}, role), h('span', {}, `${number(tokens)} tokens`)),
    h('pre', { dir: 'auto', tabindex: '0' }, content.length > 4000 ? `${content.slice(0, 4000)} …` : content),
  );
}
