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
