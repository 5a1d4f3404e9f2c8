/** What is wrong with what somebody gave a field, said for as long as its text is what it was then. */
export interface Trouble {
  say: (words: string) => void;
  readonly words: string;
}

export function troubleOf(text: () => string): Trouble {
  let said = $state.raw({ text: '', words: '' });
  return {
    say: (words) => (said = { text: text(), words }),
    get words() {
      return said.text === text() ? said.words : '';
    },
  };
}
