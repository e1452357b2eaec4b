"""Writes docs/openapi.json: what programs may ask of checkin, made of the program's own values."""
