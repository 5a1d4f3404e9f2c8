"""The two libraries that ONNX files need, which not everybody has: they come with `unrolled[onnx]`."""

from importlib import import_module
from typing import Any

from unrolled.errors import ConfigError


def library(name: str) -> Any:
    """Import onnx or onnxruntime. Raises ConfigError, with what to install, where it is missing."""
    try:
        return import_module(name)
    except ImportError:
        raise ConfigError(f"ONNX files need {name}, which is not installed: pip install 'unrolled[onnx]'") from None
