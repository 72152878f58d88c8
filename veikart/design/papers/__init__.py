"""The look of papers, as PDF by Typst and as DOCX: what a hearing sends out and publishes."""
