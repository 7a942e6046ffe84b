"""The site while it is edited: pages are built when they are asked for and kept in memory; nothing is written."""
