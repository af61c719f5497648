"""The range behind the figures: the budget lines for many draws of the uncertain numbers at once."""
