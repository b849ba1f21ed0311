"""The engine: it builds an assignment's products from its room, and marks what students hand in."""

__version__ = "0.1.0"
