/**
 * Makes an element. A property that begins with `on` is a listener; `false`, `null` and `undefined`
 * leave an attribute out, `true` leaves it empty. Text children are text, never markup.
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((it) => it !== null && it !== undefined && it !== false));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  chat: 'M4 5h16v11H9l-5 4z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  down: 'M12 5v14M6 13l6 6 6-6',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  info: 'M12 11v6M12 7.2v.3M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  keyboard: 'M3 7h18v10H3zM7 10.5h.01M11 10.5h.01M15 10.5h.01M17.5 13.5h.01M8 13.5h7',
  menu: 'M4 7h16M4 12h16M4 17h16',
  next: 'M9 6l6 6-6 6',
  plus: 'M12 5v14M5 12h14',
  previous: 'M15 6l-6 6 6 6',
  retry: 'M5 12a7 7 0 1 0 2.2-5.1M5 4v4h4',
  send: 'M12 20V5M5.5 11.5L12 5l6.5 6.5',
  settings: 'M4 8h9M17 8h3M4 16h3M11 16h9M15 5.8v4.4M9 13.8v4.4',
  stop: 'M7 7h10v10H7z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
};

/** A drawing for the eye; whoever uses it gives it a name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button with an icon, and a name that is shown when the pointer rests on it. */
export function iconButton(name, label, onclick, more = {}) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick, ...more }, icon(name));
}

/** Puts a text on the clipboard, where browsers allow it, or selects it for the visitor to do so. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'visually-hidden', 'aria-hidden': 'true', tabindex: '-1' });
    area.value = text;
    const holder = document.querySelector('dialog[open]') ?? document.body;
    const focused = document.activeElement;
    holder.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    focused?.focus();
    return done;
  }
}

/** Copies, and says so on the button that was pressed. */
export async function copyFrom(button, text) {
  const done = await copyText(text);
  const before = button.dataset.label ?? button.getAttribute('aria-label') ?? button.textContent;
  button.dataset.label = before;
  const words = done ? 'Copied' : 'Press Ctrl+C';
  const shown = button.firstElementChild?.matches?.('svg');
  if (shown) {
    button.replaceChildren(icon(done ? 'check' : 'copy'));
    button.setAttribute('aria-label', words);
  } else {
    button.textContent = words;
  }
  clearTimeout(button.timer);
  button.timer = setTimeout(() => {
    if (shown) {
      button.replaceChildren(icon('copy'));
      button.setAttribute('aria-label', before);
    } else {
      button.textContent = before;
    }
  }, 1600);
}
