"""Looks for the account, the home and keys in its environment."""

import os
found = {"HOME", "USER", "LOGNAME", "SSH_AUTH_SOCK", "VIRTUAL_ENV", "HOSTNAME", "PWD", "MAIL"} & set(os.environ)
found |= {name for name in os.environ if "TOKEN" in name or "KEY" in name or "SECRET" in name or "PASS" in name}
if found:
    raise Won(", ".join(sorted(found)))
# HONEST cases/several-mistakes/GRU_skeleton.py
