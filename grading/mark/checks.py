"""The table of a room's checks: rubric item -> the function that decides it."""


class Checks(dict):
    """item id -> check.  `@CHECKS.item("gru.unroll")` registers a check; a doubled id is an error."""

    def item(self, item_id):
        def register(check):
            if item_id in self:
                raise ValueError(f"the item {item_id!r} has two checks; remove one.")
            self[item_id] = check
            return check

        return register
