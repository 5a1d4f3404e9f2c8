"""Which digit somebody has drawn: the plain network of the lecture's first picture, T = 1."""

from collections.abc import Sequence

import numpy as np
import torch

from models.digits.mnist import MnistFormat, is_dot, parse, prepare
from models.example import Encoded, Example, likeliest
from models.inputs import Drawing
from models.inputs.png import ink_address
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace
from unrolled.source import Pixels, Rect

DIGITS = tuple("0123456789")


class DigitsExample(Example):
    """Let a network look at one picture, once."""

    file_format = MnistFormat()

    def encode(self, raw: Drawing, variant: Variant) -> Encoded:
        """Prepare a drawing as MNIST was; x is (1, 784), shares of ink from 0 to 1."""
        if is_dot(raw.ink):
            raise InvalidInput("a dot is no digit: draw one, as large as you like")
        picture = prepare(raw.ink)
        height, width = picture.shape
        source = Pixels(href=ink_address(picture), width=width, height=height)
        label = Label(text="the drawing", slice=Rect(x=0, y=0, width=width, height=height))
        return Encoded(torch.from_numpy(picture.reshape(1, -1)), (label,), source=source)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the digits."""
        return DIGITS

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the digit and how sure the network is; where it is not, the next best."""
        assert trace.y_hat is not None
        return likeliest(DIGITS, trace.y_hat[0])

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure the accuracy on pictures in MNIST's form, 28 x 28, already prepared. Raises BadLine."""
        digits = parse(text)
        pictures = torch.from_numpy(digits.pictures.reshape(len(digits), 1, -1).astype(np.float32) / 255)
        with torch.inference_mode():
            found = torch.cat([self.networks[variant.id](some)[:, 0].argmax(-1) for some in pictures.split(1000)])
        return {"accuracy": round(float((found.numpy() == digits.labels).mean()), 4)}


EXAMPLE = DigitsExample
