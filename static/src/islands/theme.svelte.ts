import type { Theme } from '../core/scales';

const STORED = 'theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const chosen = (): Theme | null => {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : null;
};

let current = $state<Theme>(chosen() ?? (system.matches ? 'dark' : 'light'));

system.addEventListener('change', () => (current = chosen() ?? (system.matches ? 'dark' : 'light')));

/** Light or dark: what the visitor chose, else what the system prefers. Canvases read it; CSS has its own rules. */
export const theme = {
  get current(): Theme {
    return current;
  },
  /** Change sides, and remember it for every page. */
  toggle(): void {
    current = current === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = current;
    localStorage.setItem(STORED, current);
  },
};
