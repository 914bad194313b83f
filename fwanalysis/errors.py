"""Everything that can go wrong in a way the user can act on.

    FrameworkError
    ├── NotFound            a name or id that nothing in the project answers to
    ├── Ambiguous           a name that several things answer to (candidates listed)
    ├── InvalidInput        a value, option or file content that cannot be used
    │   ├── Unchanged       what was asked for is so already
    │   ├── UnreadableFile  a file that a reader refuses, whole
    │   │   └── NotASource  a file that is something else of a study, such as a table of cases
    │   └── CodebookError   a codebook file with a fault, with line and column
    ├── ProjectError        the project file itself
    │   ├── NotAProject     the file is something else
    │   ├── TooNew          made by a later version of the program
    │   ├── ReadOnly        the file or its folder is not writable, and something was to be written
    │   ├── Locked          another program is writing and did not finish in time
    │   └── DiskFull        the disk has no room for what was to be written
    ├── Conflict            the thing changed since the caller saw it
    │   └── UndoConflict    an undo or redo whose rows have changed since
    └── NothingToUndo       no step is left to undo or redo

A FrameworkError has a message (what failed, with the value) and, where there is something to do, a hint (one action, as
a command that can be copied if there is one). Each interface shows errors at exactly one place. Anything else that is
raised is a bug and keeps its traceback.
"""

import re

_ORDINARY_WORD = re.compile(r"[a-z]+ ")


class FrameworkError(Exception):
    """The root of all errors that the user can act on.

    Args:
        message: What failed, with the value, beginning in lower case and without a full stop: ``no code "trst"``.
        hint: One action, such as ``did you mean "trust"? List codes with: fwa codebook list``; empty if there is none.
    """

    def __init__(self, message: str = "", *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def explained(self) -> str:
        """The message as a sentence, followed by the hint, for a screen or a report that shows both in one text."""
        message = str(self)
        if _ORDINARY_WORD.match(message):
            message = message[0].upper() + message[1:]
        if not self.hint:
            return message
        end = "" if message.endswith((".", "?", "!", "…")) else "."
        return f"{message}{end} {self.hint[0].upper()}{self.hint[1:]}"


class NotFound(FrameworkError):
    """Nothing in the project has this name or id."""


class Ambiguous(FrameworkError):
    """Several things have this name; the sentence lists them."""


class InvalidInput(FrameworkError):
    """A value, an option or the content of a file cannot be used."""


class Unchanged(InvalidInput):
    """What was asked for is so already; nothing was changed."""


class UnreadableFile(InvalidInput):
    """A file that cannot be read as what it should be; nothing of it was kept."""


class NotASource(UnreadableFile):
    """A file that is no source but something else that a study has; in a folder it is passed over."""


class CodebookError(InvalidInput):
    """A codebook file with a fault; the sentence gives file, line and column."""


class ProjectError(FrameworkError):
    """The project file cannot be opened, made or used."""


class NotAProject(ProjectError):
    """The file exists but is not a project of this program."""


class TooNew(ProjectError):
    """The project was written by a later version of this program."""


class ReadOnly(ProjectError):
    """The project can be read, and not changed: its file or folder is not writable."""


class Locked(ProjectError):
    """Another program holds the project's write lock."""


class DiskFull(ProjectError):
    """The disk has no room for the change; nothing of it was kept."""


class Conflict(FrameworkError):
    """The thing has changed since the caller read it."""


class UndoConflict(Conflict):
    """A step cannot be undone or redone because later work rests on it."""


class NothingToUndo(FrameworkError):
    """No step of this coder is left to undo or redo."""
