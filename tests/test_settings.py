from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fwanalysis.errors import InvalidInput
from fwanalysis.settings import load_settings, save_settings, settings_file, stated_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _settings_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("FWA_THEME", raising=False)
    monkeypatch.delenv("FWA_KEYMAP", raising=False)


def state(content: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(content, encoding="utf-8")


def test_the_file_is_in_the_users_configuration_folder(tmp_path: Path) -> None:
    assert settings_file() == tmp_path / "fwanalysis" / "settings.json"


def test_a_user_who_states_nothing_has_stated_no_settings_and_gets_the_defaults() -> None:
    assert stated_settings() is None
    settings = load_settings()
    assert (settings.theme, settings.keymap) == ("textual-dark", {})
    assert not settings_file().exists()


def test_the_file_is_read_and_what_it_leaves_out_has_its_default() -> None:
    state('{"keymap": {"code.code": "y"}}')
    settings = stated_settings()
    assert settings is not None
    assert (settings.theme, settings.keymap) == ("textual-dark", {"code.code": "y"})


def test_fields_of_a_later_version_are_passed_over() -> None:
    state('{"theme": "nord", "spaceship": true}')
    assert load_settings().theme == "nord"


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    state('{"theme": "nord", "keymap": {"code.code": "y"}}')
    monkeypatch.setenv("FWA_THEME", "dracula")
    settings = load_settings()
    assert (settings.theme, settings.keymap) == ("dracula", {"code.code": "y"})


def test_the_environment_alone_states_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FWA_KEYMAP", '{"app.undo": "z"}')
    settings = stated_settings()
    assert settings is not None
    assert settings.keymap == {"app.undo": "z"}


def test_what_is_saved_is_what_is_loaded() -> None:
    save_settings(load_settings().model_copy(update={"theme": "nord", "keymap": {"app.help": "f1"}}))
    settings = load_settings()
    assert (settings.theme, settings.keymap) == ("nord", {"app.help": "f1"})
    assert json.loads(settings_file().read_text(encoding="utf-8"))["theme"] == "nord"
    assert [file.name for file in settings_file().parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"theme": 3}', "theme"),
        ('{"keymap": 3}', "keymap"),
        ('{"keymap": {"code.code": 1}}', "keymap.code.code"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_its_file(content: str, place: str) -> None:
    state(content)
    with pytest.raises(InvalidInput) as refused:
        load_settings()
    told = str(refused.value)
    assert told.startswith(f"{settings_file()}: {place}: ")
    assert told.endswith("Correct it, or delete the file.")


@pytest.mark.parametrize("content", ["", "{", "not json", "[]", "3", '"nord"', "null"])
def test_a_file_that_is_no_json_object_is_named(content: str) -> None:
    state(content)
    with pytest.raises(InvalidInput) as refused:
        load_settings()
    assert str(settings_file()) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_utf_8_is_named() -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_bytes(b'{"theme": "n\xe9"}')
    with pytest.raises(InvalidInput, match=r"settings\.json"):
        load_settings()


def test_a_folder_in_the_files_place_is_named() -> None:
    settings_file().mkdir(parents=True)
    with pytest.raises(InvalidInput, match=r"settings\.json"):
        load_settings()


@pytest.mark.parametrize(("name", "value"), [("FWA_KEYMAP", "{"), ("FWA_KEYMAP", "3")])
def test_a_variable_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInput) as refused:
        load_settings()
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_settings_that_cannot_be_written_say_so(tmp_path: Path) -> None:
    (tmp_path / "fwanalysis").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(InvalidInput, match="cannot write"):
        save_settings(load_settings())


def test_pydantic_is_not_loaded_while_nothing_is_stated(tmp_path: Path) -> None:
    asked = "import sys; from fwanalysis.settings import stated_settings as s; s(); print('pydantic' in sys.modules)"
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "none")}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
