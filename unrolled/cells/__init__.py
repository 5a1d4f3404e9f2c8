"""The recurrent cells: what each one computes, by name, with the equation that runs.

The equations of `rnn`, `gru` and `lstm` are those of
https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html and its siblings, in PyTorch's symbols. Two of
them differ from many lectures: the GRU's z multiplies the *old* state, and its r is applied *after* the hidden
product. There are two biases for each gate, as PyTorch keeps them; the equations show their sum, b_r = b_ir + b_hr,
except in the GRU's n, where r separates the two.

A new cell is one class, in a file here, and its entry in `CELLS`.
"""

from unrolled.cells.base import Cell, Edit, Role, Value, Values, unedited
from unrolled.cells.gru import GruCell
from unrolled.cells.kernel import Kernel, Ran
from unrolled.cells.lstm import LstmCell, ProjectedLstmCell
from unrolled.cells.mgu import MguCell
from unrolled.cells.peephole import PeepholeCell
from unrolled.cells.rnn import ReluRnnCell, RnnCell

CELLS: dict[str, Cell] = {
    cell.kind: cell for cell in (RnnCell(), ReluRnnCell(), GruCell(), MguCell(), LstmCell(), PeepholeCell())
}
PROJECTED = ProjectedLstmCell()  # of torch's modules alone: a network's states all have one size

__all__ = ["CELLS", "PROJECTED", "Cell", "Edit", "Kernel", "Ran", "Role", "Value", "Values", "unedited"]
