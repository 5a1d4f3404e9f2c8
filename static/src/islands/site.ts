import '../styles/index.css';
import { roving } from '../core/roving';
import { toggleTheme } from './theme';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-toggle-theme]')) {
  button.hidden = false;
  button.addEventListener('click', toggleTheme);
}

for (const row of document.querySelectorAll<HTMLElement>('nav.strip')) roving(row);
