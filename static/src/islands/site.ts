import '@fontsource-variable/inter';
import { toggleTheme } from './theme';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-toggle-theme]')) {
  button.hidden = false;
  button.addEventListener('click', toggleTheme);
}
