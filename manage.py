#!/usr/bin/env python
"""Django's own commands, for developers; everything else is `veikart`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veikart.config.settings")
execute_from_command_line(sys.argv)
