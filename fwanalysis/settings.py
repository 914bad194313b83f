"""A user's preferences: ``settings.json`` in the user's configuration folder, or environment variables
such as ``FWA_THEME``.

Checking them imports pydantic, which takes longer than most commands: it happens only if there is anything to check.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from platformdirs import user_config_path

from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.settings_model import Settings


_VARIABLES = frozenset({"FWA_THEME", "FWA_KEYMAP", "FWA_MAX_FILE_MB", "FWA_MAX_UNPACKED_MB"})


def settings_file() -> Path:
    """Where the preferences are kept."""
    return user_config_path("fwanalysis") / "settings.json"


def stated_settings() -> Settings | None:
    """The preferences, or None if the user has stated none. InvalidInput names the file and the field that cannot
    be used."""
    if not settings_file().exists() and not _VARIABLES & os.environ.keys():
        return None
    return load_settings()


def load_settings() -> Settings:
    """The preferences, with defaults for what was not stated. InvalidInput as for ``stated_settings``."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from fwanalysis.settings_model import Settings

    stated = _stated_in_file()
    try:
        return Settings(**stated)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        variable = f"FWA_{fault['loc'][0]}".upper()
        if variable in os.environ:
            reason = f"The variable {variable} cannot be used: {fault['msg']}. Correct it, or unset it."
        else:
            reason = f"{settings_file()}: {place}: {fault['msg']}. Correct it, or delete the file."
        raise InvalidInput(reason) from None
    except SettingsError:
        example = '{"code.code": "k"}'
        raise InvalidInput(
            f"the variable FWA_KEYMAP is not JSON such as {example}", hint="correct or unset it"
        ) from None


def _stated_in_file() -> dict[str, Any]:
    file = settings_file()
    try:
        stated = json.loads(file.read_bytes()) if file.exists() else {}
    except OSError as error:
        raise InvalidInput(f"cannot read {file}: {(error.strerror or str(error)).lower()}") from None
    except ValueError as error:
        raise InvalidInput(f"{file} is not JSON: {error}", hint="correct or delete the file") from None
    if not isinstance(stated, dict):
        example = '{"theme": "nord"}'
        raise InvalidInput(f"{file} is not a JSON object such as {example}", hint="correct or delete the file")
    return stated


def save_settings(settings: Settings) -> None:
    """Keep the preferences; InvalidInput if the file cannot be written."""
    file = settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(settings.model_dump_json(indent=1, exclude_unset=True), encoding="utf-8")
        os.replace(part, file)
    except OSError as error:
        raise InvalidInput(f"cannot write {file}: {(error.strerror or str(error)).lower()}") from None
