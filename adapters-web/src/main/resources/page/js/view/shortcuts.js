import { dialog } from './dialogs.js';
import { h } from './dom.js';

const KEYS = [
  ['Enter', 'Send'],
  ['Shift + Enter', 'New line'],
  ['Esc', 'Stop the answer; leave editing'],
  ['↑', 'In an empty message: edit the last one'],
  ['/', 'Write a message'],
  ['n', 'New conversation'],
  ['s', 'Search titles'],
  ['m', 'Choose a model'],
  ['t', 'Next theme'],
  ['End', 'Latest message'],
  ['?', 'This list'],
];

export function showShortcuts() {
  dialog(
    'Keyboard',
    h('p', { class: 'help' }, 'Single letters work when no text is being written.'),
    h('dl', { class: 'keys' }, ...KEYS.flatMap(([keys, does]) => [h('dt', {}, h('kbd', {}, keys)), h('dd', {}, does)])),
  );
}

/** @param {Record<string, (e: KeyboardEvent) => void>} acts what each key does while nobody writes; `false` leaves it to the browser */
export function listenToKeys(acts) {
  document.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
    const writing = e.target.closest?.('input, textarea, select');
    const act = e.key === 'Escape' || !writing ? acts[e.key] : undefined;
    if (act && act(e) !== false) e.preventDefault();
  });
}
