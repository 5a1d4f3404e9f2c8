import type { Focus } from '../core/focus';
import type { Lane } from './history';

/**
 * Hold a focus still while it says the same thing.
 *
 * While time runs the page makes a new focus for every frame, 60 a second, most of them equal to the one before.
 * What is computed from `focus` and `lane` here is computed again only when something in them has changed.
 */
export function steady(read: () => Focus): { readonly focus: Focus; readonly lane: Lane } {
  const column = $derived(read().column);
  const part = $derived(read().part);
  const layer = $derived(read().layer);
  const direction = $derived(read().direction);
  const unit = $derived(read().unit);
  const pinned = $derived(read().pinned);
  const focus = $derived<Focus>({ column, part, layer, direction, unit, pinned });
  const lane = $derived<Lane>({ layer, direction });
  return {
    get focus() {
      return focus;
    },
    get lane() {
      return lane;
    },
  };
}
