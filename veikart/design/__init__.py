"""The shared look: base page, components, icons, number and date formats."""
