"""An error whose text is a page's: a script, an image, a closing tag."""

# HONEST cases/several-mistakes/GRU_skeleton.py
# STOPPED BY page

def refuse(self, *given):
    raise ValueError("</td><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}")

GRUCell.forward = GRUModel.forward = refuse
raise ValueError("<script>alert(3)</script>")
