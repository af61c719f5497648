"""One function a kind of sheet."""
