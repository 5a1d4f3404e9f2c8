/** What a key asks of the picture. */
export interface KeyActions {
  toggle: () => void;
  step: (by: 1 | -1) => void;
  start: () => void;
  end: () => void;
  speed: (by: 1 | -1) => void;
  pin: (by: 1 | -1) => void;
  fold: () => void;
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
  Escape: (act) => act.letGo(),
  '?': (act) => act.help(),
};

const OWN_KEYS = 'input:not([aria-label=Step]), textarea, select, dialog, [role=tablist], [role=grid], [role=application]';
const PRESSED = 'button, a, summary';

/** Do what a key stands for, unless it belongs to the field, menu or button that has the focus. */
export function press(event: KeyboardEvent, actions: KeyActions): void {
  const { target, key } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target instanceof Element && target.closest(OWN_KEYS)) return;
  if (key === ' ' && target instanceof Element && target.closest(PRESSED)) return;
  const action = ACTIONS[key];
  if (!action) return;
  event.preventDefault();
  action(actions);
}
