/** Which way a key leads among so many things in a row; null for a key that leads nowhere. */
export function led(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight') return Math.min(count - 1, at + 1);
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

/**
 * Make the buttons or links of a row one stop of the Tab key, with the arrow keys between them (the roving tabindex of
 * the ARIA practices). The stop is the current one, else the first, and then the one that was used last.
 */
export function roving(row: HTMLElement): () => void {
  const items = (): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('a, button')];
  const settle = (stop: HTMLElement | undefined): void =>
    items().forEach((item) => (item.tabIndex = item === stop ? 0 : -1));
  const first = (): HTMLElement | undefined =>
    items().find((item) => item.matches('[aria-current], .on')) ?? items()[0];

  const walk = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const next = led(event.key, all.indexOf(event.target as HTMLElement), all.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation(); // in the picture, the arrows move the playhead
    all[next]?.focus();
  };
  const enter = ({ target }: FocusEvent): void => settle(target as HTMLElement);

  row.addEventListener('keydown', walk);
  row.addEventListener('focusin', enter);
  settle(first());
  const watch = new MutationObserver(() => settle(first()));
  watch.observe(row, { childList: true });
  return () => {
    row.removeEventListener('keydown', walk);
    row.removeEventListener('focusin', enter);
    watch.disconnect();
  };
}
