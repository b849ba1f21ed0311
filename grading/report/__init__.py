"""What the marker writes for people: tables, feedback pages, the page of the class."""
