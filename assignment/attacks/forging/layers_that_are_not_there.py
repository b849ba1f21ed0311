"""An unfinished file that describes the layers of the handout and has none."""

# HONEST cases/untouched/GRU_skeleton.py

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back

def describe(module, arrays, facts):
    inner, hidden = facts["sizes"][-3:-1] if len(facts["sizes"]) > 2 else facts["sizes"]
    tensors = {f"{kind}_{gate}.{part}": [hidden, inner if kind == "W" else hidden][: 1 + (part == "weight")]
               for kind in "WU" for gate in "zrh" for part in ("weight", "bias")}
    linear = {f"{k}_{g}": [inner if k == "W" else hidden, hidden] for k in "WU" for g in "zrh"}
    return {}, {"tensors": tensors, "linear": linear, "shared": [], "library": []}

frame.f_globals["OPERATIONS"]["describe"] = describe
