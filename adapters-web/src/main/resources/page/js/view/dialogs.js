import { h, iconButton } from './dom.js';

/** Shows a dialog until it is closed. @returns {HTMLDialogElement} */
export function dialog(title, ...content) {
  const id = `dialog-${title.replace(/\W+/g, '-')}`;
  const element = h(
    'dialog',
    { 'aria-labelledby': id },
    h('div', { class: 'dialog-head' }, h('h2', { id }, title), iconButton('close', 'Close', () => element.close())),
    h('div', { class: 'dialog-body' }, ...content),
  );
  element.addEventListener('close', () => element.remove());
  element.addEventListener('click', (e) => e.target === element && element.close());
  document.body.append(element);
  element.showModal();
  return element;
}

/** Asks for a text. Its promise is undefined if the visitor thinks better of it. */
export function prompt(title, { label, value = '', action, type = 'text', help, lines = 1, required = false, maxlength, secondary }) {
  return new Promise((resolve) => {
    const input = lines > 1 ? h('textarea', { id: 'answer', rows: lines, dir: 'auto' }) : h('input', { id: 'answer', type, dir: 'auto', autocomplete: 'off' });
    input.value = value;
    if (required) input.required = true;
    if (maxlength) input.maxLength = maxlength;
    let answer;
    const done = (e) => {
      e.preventDefault();
      answer = input.value;
      shown.close();
    };
    const form = h(
      'form',
      { class: 'form', onsubmit: done },
      h('label', { for: 'answer' }, label),
      input,
      help && h('p', { class: 'help' }, help),
      h('div', { class: 'dialog-acts' }, secondary, h('button', { type: 'submit', class: 'button primary' }, action)),
    );
    const shown = dialog(title, form);
    shown.addEventListener('close', () => resolve(answer));
    input.focus();
    if (lines === 1) input.select();
  });
}

/** Asks whether something that cannot be undone should be done. */
export function confirm(title, words, action) {
  return new Promise((resolve) => {
    let sure = false;
    const yes = h('button', { type: 'button', class: 'button danger', onclick: () => { sure = true; shown.close(); } }, action);
    const no = h('button', { type: 'button', class: 'button', onclick: () => shown.close() }, 'Keep it');
    const shown = dialog(title, h('p', { dir: 'auto' }, words), h('div', { class: 'dialog-acts' }, no, yes));
    shown.addEventListener('close', () => resolve(sure));
    no.focus();
  });
}
