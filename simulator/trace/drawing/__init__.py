"""Traces as pictures: sequence diagrams and plots."""
