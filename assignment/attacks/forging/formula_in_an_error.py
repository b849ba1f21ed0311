"""An error whose text is a formula of a table, with line ends and quotes around it."""

# HONEST cases/several-mistakes/GRU_skeleton.py

def refuse(self, *given):
    raise ValueError('"\r\n=cmd|\' /C calc\'!A0,100,100,100\r\nstudent,100')

GRUCell.forward = GRUModel.forward = refuse
