"""What is made of projections: comparisons, bridges, the County's and funders' forms."""
