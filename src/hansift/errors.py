"""The errors that hansift raises: one tree, so that `except HansiftError` catches all of them."""


class HansiftError(Exception):
    """Something that the caller can mend; the message names the thing and the remedy."""


class InputError(HansiftError):
    """An input that cannot be read or decoded; other inputs are not affected."""


class DataError(HansiftError):
    """Labelled data that breaks the rules of the `.lines` format."""


class ModelError(HansiftError):
    """A model file that is missing, damaged, or of another format."""


class UsageError(HansiftError):
    """Options that do not fit together, or an extra that is not installed."""
