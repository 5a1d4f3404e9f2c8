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
};

/** Which keys belong to the part of the page that has the focus. */
const OWN_KEYS = [
  [
    'input:not([type=radio]):not([type=range]):not([type=checkbox]), textarea, select, dialog, [role=tablist], [role=grid], [role=application]',
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
  const action = ACTIONS[key];
  if (!action) return;
  event.preventDefault();
  action(actions);
}
