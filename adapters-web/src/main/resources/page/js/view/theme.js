import { browserStorage } from '../storage.js';

const PLACE = 'groqchat.theme';

/** What one can choose; '' goes with the system. */
export const THEMES = [
  { name: '', label: 'As the system' },
  { name: 'light', label: 'Light' },
  { name: 'dark', label: 'Dark' },
  { name: 'drawn', label: 'Hand-drawn' },
];

export function theme() {
  return document.documentElement.dataset.theme ?? '';
}

export function setTheme(name) {
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  browserStorage.put(PLACE, name);
}

export function themeLabel() {
  return THEMES.find((it) => it.name === theme())?.label ?? theme();
}

/** Goes on to the next one in turn. */
export function nextTheme() {
  const at = THEMES.findIndex((it) => it.name === theme());
  const next = THEMES[(at + 1) % THEMES.length];
  setTheme(next.name);
}
