"""The dashboard's pages. They show what the model says and calculate no dollar themselves."""
