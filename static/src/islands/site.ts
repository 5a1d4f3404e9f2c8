import '@fontsource-variable/inter';
import { theme } from './theme.svelte';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-toggle-theme]')) {
  button.hidden = false;
  button.addEventListener('click', () => theme.toggle());
}
