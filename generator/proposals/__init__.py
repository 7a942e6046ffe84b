"""A change that somebody proposes without YAML: its form, how one is read as a stranger's, and where it goes."""
