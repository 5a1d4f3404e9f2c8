/** What a key asks of the picture. */
export interface KeyActions {
  toggle: () => void;
  step: (by: 1 | -1) => void;
  start: () => void;
  end: () => void;
  speed: (by: 1 | -1) => void;
  pin: (by: 1 | -1) => void;
  fold: () => void;
  coming: () => void;
  letGo: () => void;
  help: () => void;
  present: () => void;
  /** What else a key means while the picture is shown to a class. */
  presenting: Presenting | null;
}

export interface Presenting {
  /** A clicker's keys: on, and back. */
  click: (by: 1 | -1) => void;
  cell: () => void;
  panel: () => void;
  invite: () => void;
}

const ACTIONS: Record<string, (act: KeyActions) => void> = {
  ' ': (act) => act.toggle(),
  ArrowLeft: (act) => act.step(-1),
  ArrowRight: (act) => act.step(1),
  ArrowUp: (act) => act.speed(1),
  ArrowDown: (act) => act.speed(-1),
  Home: (act) => act.start(),
  End: (act) => act.end(),
  '[': (act) => act.pin(-1),
  ']': (act) => act.pin(1),
  f: (act) => act.fold(),
  c: (act) => act.coming(),
  Escape: (act) => act.letGo(),
  '?': (act) => act.help(),
  p: (act) => act.present(),
};

const PRESENTING: Record<string, (act: Presenting) => void> = {
  PageDown: (act) => act.click(1),
  PageUp: (act) => act.click(-1),
  i: (act) => act.cell(),
  o: (act) => act.panel(),
  q: (act) => act.invite(),
};

/** Which keys belong to the part of the page that has the focus. */
const OWN_KEYS = [
  [
    'input:not([type=radio]):not([type=range]):not([type=checkbox]), textarea, select, dialog[open], [role=tablist], [role=grid], [role=application]',
    /./,
  ],
  ['[type=range]:not([aria-label=Step])', /^(Arrow|Home$|End$)/],
  ['[type=radio]', /^Arrow/],
  ['button, a, summary, [type=checkbox]', /^ $/],
] as const;

/** Do what a key stands for, unless it belongs to the field, menu or button that has the focus. */
export function press(event: KeyboardEvent, actions: KeyActions): void {
  const { target, key } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target instanceof Element && OWN_KEYS.some(([owner, own]) => own.test(key) && target.closest(owner))) return;
  const act = actions.presenting;
  const also = act && PRESENTING[key];
  const action = ACTIONS[key];
  if (!also && !action) return;
  event.preventDefault();
  if (also) also(act);
  else action?.(actions);
}
