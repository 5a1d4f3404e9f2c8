import type { Theme } from '../core/scales';

const STORED = 'theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

system.addEventListener('change', tell);

/** Light or dark: what the visitor chose, else what the system prefers. CSS follows by rules of its own. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

/** Change sides, and remember it for every page. */
export function toggleTheme(): void {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // Storage is blocked: the choice lasts for this page.
  }
  tell();
}

/** Take the side that whoever framed the page is on. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  tell();
}

/** Call back whenever the theme changes; gives the function that ends it. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
