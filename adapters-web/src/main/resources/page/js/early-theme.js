/* Before anything is drawn, so that nothing flashes. Not a module: those come later. */
(() => {
  let theme = '';
  try {
    theme = localStorage.getItem('groqchat.theme') ?? '';
  } catch {
    // Storage is forbidden: the system's own theme, then.
  }
  if (theme) document.documentElement.dataset.theme = theme;
})();
