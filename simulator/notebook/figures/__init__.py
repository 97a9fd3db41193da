"""What cells show: diagrams, plots, trees, tables."""
