"""Forms of funders that can be handed in: each declared in a file of `templates/forms/`, filled in from a projection."""
