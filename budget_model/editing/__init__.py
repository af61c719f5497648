"""What may be changed in a scenario, and what was."""
