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
  localStorage.setItem(PLACE, name);
}

/** The next one in turn. */
export function nextTheme() {
  const at = THEMES.findIndex((it) => it.name === theme());
  const next = THEMES[(at + 1) % THEMES.length];
  setTheme(next.name);
  return next;
}
