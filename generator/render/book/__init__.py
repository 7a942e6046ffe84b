"""What is printed: the handbook, ward sheets, and the pocket edition."""
