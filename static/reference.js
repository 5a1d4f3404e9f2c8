// Start Swagger UI on the page /docs; it stands in a file because the pages allow no inline scripts.
const reference = document.getElementById('reference');
window.SwaggerUIBundle({
  domNode: reference,
  url: reference.dataset.openapi,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  syntaxHighlight: { activated: false }, // traces are long
  tryItOutEnabled: true,
});

// It has dark colours of its own, under a class of the document.
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
const followTheme = () => root.classList.toggle('dark-mode', (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark');
new MutationObserver(followTheme).observe(root, { attributeFilter: ['data-theme'] });
system.addEventListener('change', followTheme);
followTheme();
