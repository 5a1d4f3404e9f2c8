/** What the page calls each kind of cell; one that is not listed is called by its own name. */
export const kinds: Readonly<Record<string, string>> = {
  rnn: 'RNN',
  rnn_relu: 'ReLU RNN',
  gru: 'GRU',
  mgu: 'MGU',
  lstm: 'LSTM',
  peephole: 'Peephole LSTM',
};

/** Name a kind of cell. */
export function kindOf(kind: string): string {
  return kinds[kind] ?? kind;
}
