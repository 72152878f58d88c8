# Tasks for those who develop Veikart. `script/setup` puts `just` into .venv/bin.

bin := justfile_directory() / ".venv/bin"
export DJANGO_SETTINGS_MODULE := "veikart.config.settings"

# What there is to do
default:
    @just --list

# Everything that must hold, the cheapest first
check: check-code
    script/test

# Everything that must hold and takes seconds
check-code: lint imports types migrations translations schemas

# Rules of style, in code and in templates
lint:
    {{bin}}/ruff check --quiet
    {{bin}}/ruff format --check --quiet
    {{bin}}/djlint veikart --lint --quiet

# The map: imports go down
imports:
    {{bin}}/lint-imports --no-logo

# Types
types:
    {{bin}}/mypy

# Every change of a model has its migration
migrations:
    {{bin}}/python manage.py makemigrations --check --dry-run

# Every sentence is translated
translations:
    {{bin}}/pytest -q tests/test_translations.py

# The published schemas are those of the code
schemas:
    {{bin}}/pytest -q tests/plan/test_codec.py tests/plan/test_compare.py tests/plan/test_proposal_schema.py -k schema

# Format code
format:
    {{bin}}/ruff format
    {{bin}}/ruff check --fix --quiet

# Try it out with Norway's e-health roadmap
demo *arguments:
    script/demo {{arguments}}

# Serve the published edition and the working plan
serve *arguments:
    {{bin}}/veikart serve {{arguments}}

# Measure, and print one table
bench *arguments:
    {{bin}}/python -m bench {{arguments}}

# Bring the translations' catalogues up to date
messages:
    {{bin}}/python script/messages.py
    {{bin}}/python script/compile-translations

# Pictures of every kind of page, in test-results/screenshots
screenshots *arguments:
    {{bin}}/python script/screenshots {{arguments}}
