"""What students compute instead: the catalogue of this assignment, one small function for each wrong formula.

For instructors only.  A name is given when the student's numbers agree with a formula here and with no other, on
the student's own weights.  A new entry is a function in one of these modules and its words in ../words/*.toml;
the tests hold every entry to that.
"""

from assignment.misconceptions import candidate, gates, hidden_update, loop, new_state, step_input
from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue(*(part.CATALOGUE for part in (step_input, hidden_update, gates, candidate, new_state, loop)))
