"""The site: pages as Markdown."""
