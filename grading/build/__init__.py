"""From one room of source to every product."""
