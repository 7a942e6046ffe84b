"""The printed handbook and the leaflets."""
