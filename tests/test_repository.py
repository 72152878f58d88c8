"""What the repository says of itself is true: the map, the settings, the commands, the headers."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from veikart.config.command import app
from veikart.publishing.headers import HEADERS

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = sorted(path.parent.name for path in ROOT.glob("veikart/*/__init__.py"))
COMMANDS = sorted(get_command(app).commands)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def first_line(package):
    tree = ast.parse(read(f"veikart/{package}/__init__.py"))
    return ast.get_docstring(tree).splitlines()[0]


def test_the_map_carries_each_packages_own_sentence_and_no_other():
    on_the_map = dict(
        re.findall(r"^\| `(\w+)/` \| (.+) \|$", read("ARCHITECTURE.md"), re.MULTILINE)
    )

    assert on_the_map == {package: first_line(package) for package in PACKAGES}


def test_the_map_is_in_the_order_of_imports():
    on_the_map = re.findall(r"^\| `(\w+)/` \|", read("ARCHITECTURE.md"), re.MULTILINE)
    layers = re.search(r"exhaustive = true\nlayers = \[(.*?)\]", read("pyproject.toml"), re.DOTALL)[
        1
    ]

    assert on_the_map == re.findall(r"\w+", layers)


def test_no_package_is_empty():
    for package in PACKAGES:
        modules = [p for p in (ROOT / "veikart" / package).rglob("*.py") if p.name != "__init__.py"]
        assert modules, f"{package} holds nothing: make it when there is something to put there."


def test_every_setting_is_in_the_docs_and_the_docs_name_no_other():
    sources = [*ROOT.glob("veikart/**/*.py"), *ROOT.glob("tests/**/*.py"), ROOT / "script/test"]
    used = set().union(
        *(re.findall(r"[\"'](VEIKART_[A-Z_]+)[\"']", path.read_text()) for path in sources)
    )
    told = set(re.findall(r"^\| `(VEIKART_[A-Z_]+)` \|", read("docs/operations.md"), re.MULTILINE))

    assert told == used


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_has_an_example(command):
    helped = get_command(app).commands[command].help

    assert re.search(rf"^\| `veikart {command}\b", read("README.md"), re.MULTILINE)
    assert f"Example: veikart {command}" in helped


def test_the_readme_names_no_command_that_is_not_there():
    assert (
        sorted(re.findall(r"^\| `veikart ([a-z-]+)", read("README.md"), re.MULTILINE)) == COMMANDS
    )


@pytest.mark.parametrize(("name", "value"), HEADERS.items())
def test_nginx_is_told_the_same_headers_as_we_send(name, value):
    assert f'add_header {name} "{value}" always;' in read("docs/operations.md")


@pytest.mark.parametrize(
    "document", [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_no_module_is_longer_than_500_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*ROOT.glob("veikart/**/*.py"), *ROOT.glob("tests/**/*.py")]
        if (lines := len(path.read_text().splitlines())) > 500
    }

    assert long == {}


def test_templates_hold_no_style_and_no_script_of_their_own():
    inline = re.compile(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in ROOT.glob("veikart/**/templates/**/*.html")
        for match in inline.finditer(path.read_text())
    ]

    assert found == []


def test_help_comes_without_starting_django():
    asked = "import sys; from veikart.config import command; print('django.apps' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    "script", ["setup", "demo", "test", "build-assets", "compile-translations"]
)
def test_scripts_can_be_run(script):
    assert os.access(ROOT / "script" / script, os.X_OK)
