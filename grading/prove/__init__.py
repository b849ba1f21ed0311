"""The marker's own proof: what it promises, tried on wrong, right, strange and hostile submissions."""
