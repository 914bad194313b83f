"""The shape of a user's preferences, checked with pydantic. Imported by ``settings`` when there is something to
check."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict


class Settings(BaseSettings):
    """What a user prefers, the same for all projects."""

    model_config = SettingsConfigDict(env_prefix="FWA_", extra="ignore")

    theme: Annotated[str, Field(description="The colours of the workbench, by a name of its palette's list.")] = (
        "textual-dark"
    )
    keymap: Annotated[
        dict[str, str],
        Field(description="Keys by the name of a binding, such as {'code.code': 'k'}; several with commas between."),
    ] = {}

    max_file_mb: Annotated[
        int, Field(gt=0, description="Files of more megabytes are not imported; splitting them is better.")
    ] = 100
    max_unpacked_mb: Annotated[
        int, Field(gt=0, description="A .docx, .odt or .xlsx that holds more megabytes unpacked is not imported.")
    ] = 200

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before what the file states, which comes as arguments."""
        return env_settings, init_settings
