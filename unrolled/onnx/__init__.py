"""The recurrent networks of ONNX files: what Keras, PyTorch and others have exported, as torch modules to record."""

from unrolled.onnx.network import OnnxNetwork, from_onnx

__all__ = ["OnnxNetwork", "from_onnx"]
