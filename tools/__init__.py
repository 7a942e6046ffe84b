"""What the project runs beside the generator: its pages built with other engines, and compared."""
