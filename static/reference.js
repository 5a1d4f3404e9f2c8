// Start Swagger UI on the page /docs; it stands in a file because the pages allow no inline scripts.
const reference = document.getElementById('reference');
window.SwaggerUIBundle({
  domNode: reference,
  url: reference.dataset.openapi,
  deepLinking: false, // it puts links into buttons, which no keyboard or screen reader can tell apart
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  syntaxHighlight: { activated: false }, // traces are long
  tryItOutEnabled: true,
});

// What it draws leaves out a level of headings, and examples that scroll cannot be reached by keyboard.
const mend = () => {
  for (const [selector, level] of [
    ['h3.opblock-tag', '2'],
    ['.models > h4', '2'],
    ['.opblock h4', '3'],
    ['.opblock h5', '4'],
  ]) {
    for (const heading of reference.querySelectorAll(selector)) {
      heading.setAttribute('role', 'heading');
      heading.setAttribute('aria-level', level);
    }
  }
  for (const code of reference.querySelectorAll('pre')) code.tabIndex = 0;
};
new MutationObserver(mend).observe(reference, { childList: true, subtree: true });

// It has dark colours of its own, under a class of the document.
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
const followTheme = () =>
  root.classList.toggle('dark-mode', (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark');
new MutationObserver(followTheme).observe(root, { attributeFilter: ['data-theme'] });
system.addEventListener('change', followTheme);
followTheme();
